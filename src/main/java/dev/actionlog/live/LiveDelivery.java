package dev.actionlog.live;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.actionlog.action.ActionRecorded;
import dev.actionlog.database.Database;
import dev.actionlog.database.Unreachable;
import dev.actionlog.flash.Announcement;
import dev.actionlog.flash.Announcement.State;
import dev.actionlog.flash.AnnouncementPublished;
import dev.actionlog.flash.Announcements;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.flash.FlashSent;
import dev.actionlog.profile.CurrentUser;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Decides who is hinted, and when: after the commit, on this node at once, and on others
 * soon.
 * <p>
 * What comes from a request of its own user waits for a moment first. It is for the page
 * that answers this request: the page that is left must not take it, and no other request
 * must run into one that is still changing its session.
 */
class LiveDelivery {

	private static final Log logger = LogFactory.getLog(LiveDelivery.class);

	private static final long OWN_SECONDS = 2;

	private static final long LOOK_SECONDS = 30;

	private static final int LOOK_BATCH = 500;

	private final Database database;

	private final CurrentUser currentUser;

	private final FlashSender messages;

	private final Announcements announcements;

	private final ApplicationContext application;

	/** Writes to the streams, and waits for nothing. */
	private final ScheduledExecutorService writer = executor("actionlog-live");

	/** Waits for the database. */
	private final ScheduledExecutorService looker = executor("actionlog-live-database");

	private final LiveStreams streams = new LiveStreams(this.writer);

	private final PostgresqlNodes nodes;

	private final AtomicBoolean used = new AtomicBoolean();

	/** The next page may take them, and the look finds what it does not. */
	private final OwnNews ownMessages = new OwnNews(true);

	private final OwnNews ownActions = new OwnNews(false);

	/** Whether the database could not be reached, which was said. */
	private volatile boolean away;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	/**
	 * Begins nothing, not even a thread.
	 */
	LiveDelivery(Database database, CurrentUser currentUser, FlashSender messages, Announcements announcements,
			ApplicationContext application) {
		this.database = database;
		this.currentUser = currentUser;
		this.messages = messages;
		this.announcements = announcements;
		this.application = application;
		this.nodes = new PostgresqlNodes(database, this.looker);
	}

	private static ScheduledExecutorService executor(String name) {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (work) -> {
			Thread thread = new Thread(work, name);
			thread.setDaemon(true);
			return thread;
		});
		executor.setRemoveOnCancelPolicy(true);
		executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		return executor;
	}

	/**
	 * Registers a stream.
	 * @param username the user
	 * @param browser tells the browsers of a user apart
	 * @return the stream, to be started, or empty where the user has too many
	 */
	Optional<LiveStream> open(String username, String browser) {
		Optional<LiveStream> stream = this.streams.open(username, browser);
		if (stream.isPresent() && this.used.compareAndSet(false, true)) {
			// no thread of this class has a tenant
			if (!this.database.isMultiTenant()) {
				Future<?> unused = this.looker.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS,
						TimeUnit.SECONDS);
				this.nodes.listen(this::hintHere);
			}
		}
		return stream;
	}

	@EventListener
	void sent(FlashSent message) {
		afterCommit(message.username(), Hint.MESSAGES, this.ownMessages);
	}

	@EventListener
	void recorded(ActionRecorded action) {
		afterCommit(action.username(), Hint.ACTIONS, this.ownActions);
	}

	/**
	 * Hints after the commit, or a moment later where the user's own request is under
	 * way.
	 */
	private void afterCommit(String username, Hint hint, OwnNews own) {
		boolean isOwn = this.currentUser.username().filter(username::equals).isPresent();
		this.database.afterCommit(() -> {
			if (!isOwn) {
				hint(username, hint);
			}
			else {
				own.add(username);
				schedule();
			}
		});
	}

	private void schedule() {
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				Future<?> unused = this.looker.schedule(this::hintOwn, OWN_SECONDS, TimeUnit.SECONDS);
			}
			catch (RejectedExecutionException ex) {
				// this node stops
			}
		}
	}

	/**
	 * Hints those whose requests are over by now: of messages only where they still wait.
	 */
	private void hintOwn() {
		this.scheduled.set(false);
		this.ownActions.turn().forEach((user) -> hint(user, Hint.ACTIONS));
		waiting(List.copyOf(this.ownMessages.turn())).forEach((user) -> hint(user, Hint.MESSAGES));
		if (!this.ownActions.isEmpty() || !this.ownMessages.isEmpty()) {
			schedule();
		}
	}

	/**
	 * Hints whom an announcement is for. One that begins later is found by the look.
	 */
	@EventListener
	void published(AnnouncementPublished event) {
		Announcement announcement = event.announcement();
		if (announcement.state() == State.PLANNED) {
			return;
		}
		if (announcement.recipients() == null) {
			this.database.afterCommit(() -> hint("", Hint.MESSAGES));
		}
		else {
			List<String> users = this.announcements.recipients(announcement.id());
			this.database.afterCommit(() -> users.forEach((user) -> hint(user, Hint.MESSAGES)));
		}
	}

	/**
	 * Hints the streams of a user on all nodes.
	 * @param username the user, or an empty text for all users, who are hinted within
	 * some seconds
	 */
	void hint(String username, Hint hint) {
		hintHere(username, hint);
		if (!this.database.isMultiTenant()) {
			this.nodes.tell(username, hint);
		}
	}

	private void hintHere(String username, Hint hint) {
		if (username.isEmpty()) {
			this.streams.hintAll(hint);
		}
		else {
			this.streams.hint(username, hint);
		}
	}

	/**
	 * Finds the messages that no hint has told, or whose page has not confirmed them, and
	 * announcements that have begun.
	 */
	private void look() {
		waiting(List.copyOf(this.streams.users())).forEach((user) -> this.streams.hintSoon(user, Hint.MESSAGES));
	}

	/**
	 * For whom of some users messages wait. Where there is no tenant nobody can tell, so
	 * it is all of them.
	 */
	private Set<String> waiting(List<String> users) {
		if (this.database.isMultiTenant()) {
			return Set.copyOf(users);
		}
		Set<String> waiting = new HashSet<>();
		try {
			for (int i = 0; i < users.size(); i += LOOK_BATCH) {
				waiting.addAll(this.messages.waiting(users.subList(i, Math.min(i + LOOK_BATCH, users.size()))));
				this.away = false;
			}
		}
		catch (RuntimeException ex) {
			if (!this.away) {
				Unreachable.info(logger, "It could not be looked for whom messages wait; trying again", ex);
			}
			this.away = Unreachable.isCauseOf(ex);
		}
		return waiting;
	}

	/**
	 * Ends all streams before the server waits for its requests to end. A child's event
	 * reaches the listeners of the parent, too.
	 */
	@EventListener
	void closed(ContextClosedEvent event) {
		if (event.getApplicationContext().equals(this.application)) {
			stop();
		}
	}

	private void stop() {
		this.streams.close();
		this.nodes.stop();
		// without an interrupt, which would close the file of an H2
		this.looker.shutdown();
		this.writer.shutdownNow();
	}

	void close() {
		stop();
		this.nodes.close();
	}

}
