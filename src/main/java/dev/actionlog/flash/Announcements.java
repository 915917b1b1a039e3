package dev.actionlog.flash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

import dev.actionlog.database.Database;
import dev.actionlog.database.Dialect;
import dev.actionlog.flash.Announcement.State;
import dev.actionlog.profile.CurrentUser;
import dev.actionlog.profile.ProfileRows;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.util.Assert;

/**
 * Messages to all users, or to many: each user of an announcement is shown it exactly
 * once, on the next page that shows messages while it runs.
 * <p>
 * To publish for all users writes one row, however many they are. A user's copy comes
 * into being when that user next loads such a page, and is an ordinary message from then
 * on: in the order of messages, released by a page that fails, gone when it was shown.
 * Users who sign up while an announcement runs are shown it, too.
 * <p>
 * Every method joins the caller's transaction; without one it makes its own. To write in
 * a read-only transaction is an {@link IllegalStateException}. Whether it has begun or
 * ended is decided by the application's clock.
 */
public class Announcements {

	/** The most announcements that are listed. */
	public static final int MAX_LIST = 1000;

	private static final String COLUMNS = "id, " + MessageColumns.ALL
			+ ", translations, published_by, recipients, published_at, begins_at, ends_at, withdrawn_at, "
			// a counter in the row would make all readers wait for one another
			+ "(select count(seen_at) from actionlog_recipient r where r.announcement = actionlog_announcement.id) as seen";

	private final Database database;

	private final ProfileRows profiles;

	private final FlashPolicy policy;

	private final CurrentUser currentUser;

	private final ApplicationEventPublisher events;

	Announcements(Database database, ProfileRows profiles, FlashPolicy policy, CurrentUser currentUser,
			ApplicationEventPublisher events) {
		this.database = database;
		this.profiles = profiles;
		this.policy = policy;
		this.currentUser = currentUser;
		this.events = events;
	}

	/**
	 * What would be published now, for a preview. Nothing is written, and what
	 * {@link #publish} refuses is not refused here.
	 * @param draft the announcement
	 * @return the announcement, with an empty id; {@link State#ENDED} if it would end at
	 * once
	 */
	public Announcement preview(AnnouncementDraft draft) {
		FlashMessage message = message(draft);
		Set<String> usernames = draft.usernames();
		return new Announcement("", message, draft.translations(), (usernames != null) ? usernames.size() : null, null,
				this.policy.now(), null, state(message.sentAt(), message.expiresAt(), null), 0);
	}

	/**
	 * Publishes an announcement. One that names users gives each of them a row, and a
	 * profile where there is none.
	 * @param draft the announcement
	 * @return the announcement
	 * @throws IllegalArgumentException if its level is below
	 * {@code actionlog.flash.min-level}, or it would end at once
	 */
	public Announcement publish(AnnouncementDraft draft) {
		FlashMessage message = checkedMessage(draft);
		String id = UUID.randomUUID().toString();
		return this.database.transactionWithListeners(() -> {
			this.database
				.sql("insert into actionlog_announcement (translations, recipients, begins_at, ends_at, "
						+ MessageColumns.ALL + ", id, published_by, published_at) values (?, ?, ?, ?, "
						+ MessageColumns.PARAMETERS + ", ?, ?, ?)")
				.params(values(draft, message))
				.params(id, MessageColumns.nullable(this.currentUser.username().orElse(null)),
						timestamp(this.policy.now()))
				.update();
			return published(id, draft.usernames(), Set.of());
		});
	}

	/**
	 * Changes an announcement that has not begun.
	 * @param id its id
	 * @param draft what it is from now on
	 * @return the announcement
	 * @throws IllegalArgumentException as {@link #publish} does
	 * @throws IllegalStateException if it has begun, was withdrawn, or is not there
	 */
	public Announcement change(String id, AnnouncementDraft draft) {
		FlashMessage message = checkedMessage(draft);
		return this.database.transactionWithListeners(() -> {
			String columns = MessageColumns.ALL.replace(",", " = ?,") + " = ?";
			int changed = this.database
				.sql("update actionlog_announcement set translations = ?, recipients = ?, begins_at = ?, ends_at = ?, "
						+ columns + " where id = ? and begins_at > ? and withdrawn_at is null")
				.params(values(draft, message))
				.params(id, timestamp(this.policy.now()))
				.update();
			Assert.state(changed == 1, "Only an announcement that has not begun can be changed");
			return published(id, draft.usernames(), named(id));
		});
	}

	/**
	 * Withdraws an announcement: nobody who has not seen it will, apart from what a page
	 * holds at that moment.
	 * @param id its id
	 * @return {@code false} if it has ended, was withdrawn before, or is not there
	 */
	public boolean withdraw(String id) {
		Object now = timestamp(this.policy.now());
		return this.database.update("""
				update actionlog_announcement set withdrawn_at = ?
				where id = ? and withdrawn_at is null and ends_at > ?
				""", now, id, now) == 1;
	}

	/**
	 * Finds an announcement.
	 * @param id its id
	 * @return the announcement, or empty if it is not there
	 */
	public Optional<Announcement> find(String id) {
		return read("where id = ?", id).stream().findFirst();
	}

	/**
	 * The announcements that were published last, whatever their state.
	 * @param limit how many at most, from 1 to {@value #MAX_LIST}
	 * @return the announcements, the newest first
	 * @throws IllegalArgumentException if the limit is not in these bounds
	 */
	public List<Announcement> list(int limit) {
		Assert.isTrue(limit > 0 && limit <= MAX_LIST, "From 1 to " + MAX_LIST + " announcements can be listed");
		return read("order by published_at desc, id limit ?", limit);
	}

	/**
	 * The users whom an announcement names.
	 * @param id its id
	 * @return their names in order, empty if it is for all users
	 */
	public List<String> recipients(String id) {
		return this.database.read(() -> this.database
			.sql("select r.username from actionlog_recipient r join actionlog_announcement a on a.id = r.announcement"
					+ " where r.announcement = ? and a.recipients is not null order by r.username")
			.param(id)
			.query((row, number) -> row.getString(1))
			.list());
	}

	/**
	 * Deletes announcements that have ended, with the record of who has seen them. The
	 * library schedules nothing; an application's scheduler may call this. Without a
	 * caller's transaction each is deleted in one of its own.
	 * @param endedBefore those that ended before this time are deleted
	 * @return how many were deleted
	 */
	public int purge(Instant endedBefore) {
		Instant last = endedBefore.isBefore(this.policy.now()) ? endedBefore : this.policy.now();
		List<String> ended = this.database
			.read(() -> this.database.sql("select id from actionlog_announcement where ends_at < ?")
				.param(timestamp(last))
				.query((row, number) -> row.getString(1))
				.list());
		ended.forEach((id) -> this.database.transaction(() -> {
			this.database.update("delete from actionlog_recipient where announcement = ?", id);
			return this.database.update("delete from actionlog_announcement where id = ?", id);
		}));
		return ended.size();
	}

	private FlashMessage checkedMessage(AnnouncementDraft draft) {
		Assert.isTrue(this.policy.accept(draft.message(), null).isPresent(),
				"The level of an announcement must not be below actionlog.flash.min-level");
		FlashMessage message = message(draft);
		Assert.isTrue(message.expiresAt().isAfter(message.sentAt()), "An announcement must end after now");
		return message;
	}

	/**
	 * What an announcement says: sent when it begins, and expiring when it ends.
	 */
	private FlashMessage message(AnnouncementDraft draft) {
		Instant now = this.policy.now();
		Instant from = (draft.from() != null && draft.from().isAfter(now)) ? draft.from() : now;
		Duration expiry = (draft.message().expiry() != null) ? draft.message().expiry() : this.policy.expiry();
		Instant until = (draft.until() != null) ? draft.until() : from.plus(expiry);
		return this.policy.message(draft.message(), from.truncatedTo(ChronoUnit.MICROS),
				until.truncatedTo(ChronoUnit.MICROS));
	}

	private List<Object> values(AnnouncementDraft draft, FlashMessage message) {
		List<Object> values = new ArrayList<>();
		values.add(Translations.column(draft.translations()));
		values.add(new SqlParameterValue(Types.INTEGER, (draft.usernames() != null) ? draft.usernames().size() : null));
		values.add(timestamp(message.sentAt()));
		values.add(timestamp(message.expiresAt()));
		values.addAll(MessageColumns.values(message));
		return values;
	}

	/**
	 * Who has a row, except those who have got it already: elsewhere the clock may be
	 * ahead.
	 */
	private Set<String> named(String id) {
		return this.database
			.sql("select username from actionlog_recipient where announcement = ? and copied_at is null")
			.param(id)
			.query((row, number) -> row.getString(1))
			.set();
	}

	/**
	 * Gives each user that is named a row, takes it from those who were named before, and
	 * tells of it. Profiles are locked in the order in which all writers lock them.
	 */
	private Announcement published(String id, @Nullable Set<String> usernames, Set<String> before) {
		Set<String> named = (usernames != null) ? usernames : Set.of();
		SortedSet<String> all = new TreeSet<>(named);
		all.addAll(before);
		for (String username : all) {
			if (named.contains(username)) {
				this.profiles.withLock(username,
						() -> new AnnouncementCopies(username, this.database, this.policy).name(id));
			}
			else if (this.profiles.lock(username)) {
				this.database.update("""
						delete from actionlog_recipient where username = ? and announcement = ? and copied_at is null
						""", username, id);
			}
		}
		Announcement announcement = find(id).orElseThrow(() -> new EmptyResultDataAccessException(1));
		this.events.publishEvent(new AnnouncementPublished(announcement));
		return announcement;
	}

	private List<Announcement> read(String condition, Object param) {
		return this.database
			.read(() -> this.database.sql("select " + COLUMNS + " from actionlog_announcement " + condition)
				.param(param)
				.query((row, number) -> announcement(row))
				.list());
	}

	private Announcement announcement(ResultSet row) throws SQLException {
		Dialect dialect = this.database.dialect();
		Instant begins = dialect.instant(row, "begins_at");
		Instant ends = dialect.instant(row, "ends_at");
		Instant withdrawn = (row.getObject("withdrawn_at") != null) ? dialect.instant(row, "withdrawn_at") : null;
		return new Announcement(row.getString("id"), MessageColumns.read(row, this.policy, begins, ends),
				Translations.read(row.getString("translations")), row.getObject("recipients", Integer.class),
				row.getString("published_by"), dialect.instant(row, "published_at"), withdrawn,
				state(begins, ends, withdrawn), row.getLong("seen"));
	}

	private State state(Instant begins, Instant ends, @Nullable Instant withdrawn) {
		Instant now = this.policy.now();
		if (withdrawn != null) {
			return State.WITHDRAWN;
		}
		return begins.isAfter(now) ? State.PLANNED : ends.isAfter(now) ? State.LIVE : State.ENDED;
	}

	private Object timestamp(Instant instant) {
		return this.database.dialect().timestamp(instant);
	}

}
