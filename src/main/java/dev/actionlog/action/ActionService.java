package dev.actionlog.action;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

import dev.actionlog.profile.CurrentUser;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.profile.ProfileService;
import dev.actionlog.text.Text;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.Assert;

/**
 * Records what users do, and trims each user's log to the newest N.
 * <p>
 * Each action that is stored is published as an {@link ActionRecorded}.
 * <p>
 * Every method joins the caller's transaction; without one it is one statement, or makes
 * a transaction of its own. An operation that is rolled back leaves no action. After it
 * commits the user has at most N actions, exactly the newest N, whatever number of
 * threads and nodes write. N is the user's own number (see {@link #setKeep}) or
 * {@code actionlog.actions.keep}.
 * <p>
 * To write in a read-only transaction is an {@link IllegalStateException}, before any
 * SQL. A writer holds the lock on the user's profile until its transaction ends. So
 * record last in a long transaction; write for one user in a transaction, or for users in
 * the order of their names; and stay with the isolation {@code READ COMMITTED}. The name
 * of a user follows the rules of {@link ProfileService}.
 */
public class ActionService {

	private final Supplier<ActionStore> store;

	private final CurrentUser currentUser;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final ObservationRegistry observations;

	ActionService(Supplier<ActionStore> store, CurrentUser currentUser, Clock clock, ApplicationEventPublisher events,
			ObservationRegistry observations) {
		this.store = store;
		this.currentUser = currentUser;
		this.clock = clock;
		this.events = events;
		this.observations = observations;
	}

	/**
	 * Records an action of the current user.
	 * @param message a message code, such as {@code photo.changed}, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 * @throws IllegalStateException if nobody is signed in
	 */
	public void record(String message, @Nullable Object @Nullable ... args) {
		record(Text.of(message, args));
	}

	/**
	 * Records an action of the current user.
	 * @param text what was done
	 * @throws IllegalStateException if nobody is signed in
	 */
	public void record(Text text) {
		recordFor(currentUser("recordFor"), text);
	}

	/**
	 * Records an action of a user.
	 * @param username the name of the user's principal
	 * @param message a message code, such as {@code photo.changed}, or plain words
	 * @param args what the message's pattern takes, see {@link Text#of}
	 * @throws IllegalArgumentException if the message is blank or there are too many
	 * arguments
	 */
	public void recordFor(String username, String message, @Nullable Object @Nullable ... args) {
		recordFor(username, Text.of(message, args));
	}

	/**
	 * Records an action of a user.
	 * @param username the name of the user's principal
	 * @param text what was done
	 */
	public void recordFor(String username, Text text) {
		Action action = new Action(text.limitedTo(Action.MAX_MESSAGE_LENGTH),
				this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		ProfileRows.checked(username);
		boolean stored = Boolean.TRUE.equals(Observation.createNotStarted("actionlog.actions.record", this.observations)
			.observe(() -> this.store.get().record(username, action)));
		if (stored) {
			this.events.publishEvent(new ActionRecorded(username, action.getText(), action.getRecordedAt()));
		}
	}

	/**
	 * The recent actions of the current user.
	 * @return at most N actions, the newest first
	 * @throws IllegalStateException if nobody is signed in
	 */
	public List<Action> recent() {
		return recentFor(currentUser("recentFor"));
	}

	/**
	 * The recent actions of a user.
	 * @param username the name of the user's principal
	 * @return at most N actions, the newest first
	 */
	public List<Action> recentFor(String username) {
		return this.store.get().recent(ProfileRows.checked(username));
	}

	/**
	 * How many actions are kept for a user.
	 * @param username the name of the user's principal
	 * @return the user's own number, else the default
	 */
	public int limitFor(String username) {
		return this.store.get().recent(ProfileRows.checked(username)).keep();
	}

	/**
	 * Trims the current user's log now. The number is not remembered.
	 * @param count how many actions to keep, the newest; 0 clears the log
	 * @throws IllegalArgumentException if the number is negative
	 * @throws IllegalStateException if nobody is signed in
	 */
	public void keepNewest(int count) {
		keepNewestFor(currentUser("keepNewestFor"), count);
	}

	/**
	 * Trims a user's log now. The number is not remembered.
	 * @param username the name of the user's principal
	 * @param count how many actions to keep, the newest; 0 clears the log
	 * @throws IllegalArgumentException if the number is negative
	 */
	public void keepNewestFor(String username, int count) {
		requireNotNegative(count);
		this.store.get().keepNewest(ProfileRows.checked(username), count);
	}

	/**
	 * Remembers how many actions are kept for a user. Actions beyond a lower number go at
	 * once; a higher number brings none back.
	 * @param username the name of the user's principal; a profile is made where there is
	 * none
	 * @param keep the user's own number, 0 to keep none, or {@code null} for the default
	 * @throws IllegalArgumentException if the number is negative
	 */
	public void setKeep(String username, @Nullable Integer keep) {
		requireNotNegative((keep != null) ? keep : 0);
		this.store.get().setKeep(ProfileRows.checked(username), keep);
	}

	private static void requireNotNegative(int count) {
		Assert.isTrue(count >= 0, "The number of actions to keep must not be negative");
	}

	private String currentUser(String instead) {
		return this.currentUser.username()
			.orElseThrow(() -> new IllegalStateException(
					"Nobody is signed in in this thread; name the user with ActionService." + instead
							+ " (in a reactive application with the name from ReactiveSecurityContextHolder)"));
	}

}
