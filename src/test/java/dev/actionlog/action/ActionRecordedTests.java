package dev.actionlog.action;

import java.util.ArrayList;
import java.util.List;

import dev.actionlog.testing.Database;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.text.Text;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ActionRecorded}, on every database.
 */
@ParameterizedClass
@EnumSource(Database.class)
@NullUnmarked
class ActionRecordedTests {

	private static TestApplication application;

	@Parameter
	Database database;

	private final ActionService actions = application.get(ActionService.class);

	private final Listeners heard = application.get(Listeners.class);

	@BeforeParameterizedClassInvocation
	static void start(Database database) {
		application = TestApplication.start(database.create(), (application) -> application.sources(Listeners.class));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		application.close();
	}

	@BeforeEach
	void empty() {
		application.jdbc().sql("delete from actionlog_profile").update();
		this.heard.clear();
	}

	@Test
	void saysWhatWasStored() {
		Text text = Text.of("x".repeat(300), 7).link("/photos/7");
		this.actions.recordFor("ann", text);
		Action stored = this.actions.recentFor("ann").get(0);
		assertThat(this.heard.atOnce)
			.containsExactly(new ActionRecorded("ann", text.limitedTo(200), stored.getRecordedAt()));
	}

	@Test
	void isHeardInTheTransactionAndAfterTheCommit() {
		application.transaction().executeWithoutResult((status) -> {
			this.actions.recordFor("ann", "first");
			this.actions.recordFor("ann", "second");
			assertThat(messages(this.heard.atOnce)).containsExactly("first", "second");
			assertThat(this.heard.afterCommit).isEmpty();
		});
		assertThat(messages(this.heard.afterCommit)).containsExactly("first", "second");
		assertThat(messages(this.heard.afterCommitOrWithout)).containsExactly("first", "second");
	}

	@Test
	void isNotHeardAfterRollback() {
		application.transaction().executeWithoutResult((status) -> {
			this.actions.recordFor("ann", "x");
			status.setRollbackOnly();
		});
		assertThat(this.heard.afterCommit).isEmpty();
		assertThat(this.heard.afterCommitOrWithout).isEmpty();
		assertThat(messages(this.heard.afterRollback)).containsExactly("x");
	}

	@Test
	void withoutTransactionOnlyListenersWithFallbackHearIt() {
		this.actions.recordFor("ann", "a new user's");
		this.actions.recordFor("ann", "the next");
		assertThat(messages(this.heard.atOnce)).containsExactly("a new user's", "the next");
		assertThat(messages(this.heard.afterCommitOrWithout)).containsExactly("a new user's", "the next");
		assertThat(this.heard.afterCommit).isEmpty();
	}

	@Test
	void thereIsNoneWhereNothingIsStored() {
		this.actions.setKeep("ann", 0);
		this.actions.recordFor("ann", "x");
		assertThat(this.heard.atOnce).isEmpty();
		this.actions.setKeep("ann", 1);
		this.actions.recordFor("ann", "y");
		assertThat(messages(this.heard.atOnce)).containsExactly("y");
	}

	@Test
	void listenerThatThrowsRollsTheOperationBack() {
		assertThatIllegalStateException()
			.isThrownBy(() -> application.transaction()
				.executeWithoutResult((status) -> this.actions.recordFor("ann", Listeners.FAIL_AT_ONCE)))
			.withMessage("at once");
		assertThat(this.actions.recentFor("ann")).isEmpty();
		assertThat(this.heard.afterCommitOrWithout).isEmpty();
	}

	@Test
	void withoutTransactionTheActionStaysWhereListenerThrows() {
		assertThatIllegalStateException().isThrownBy(() -> this.actions.recordFor("ann", Listeners.FAIL_AT_ONCE))
			.withMessage("at once");
		assertThat(this.actions.recentFor("ann")).hasSize(1);
	}

	@Test
	void listenerAfterTheCommitThatThrowsChangesNothing() {
		application.transaction()
			.executeWithoutResult((status) -> this.actions.recordFor("ann", Listeners.FAIL_AFTER_COMMIT));
		assertThat(this.actions.recentFor("ann")).hasSize(1);
	}

	@Test
	void listenerAfterTheCommitMayRecord() {
		application.transaction()
			.executeWithoutResult((status) -> this.actions.recordFor("ann", Listeners.RECORD_AFTER_COMMIT));
		assertThat(this.actions.recentFor("bob")).hasSize(1);
		assertThat(messages(this.heard.afterCommitOrWithout)).containsExactlyInAnyOrder(Listeners.RECORD_AFTER_COMMIT,
				"by the listener");
		assertThat(messages(this.heard.afterCommit)).containsExactly(Listeners.RECORD_AFTER_COMMIT);
	}

	private static List<String> messages(List<ActionRecorded> events) {
		return events.stream().map((event) -> event.text().getMessage()).toList();
	}

	static class Listeners {

		static final String FAIL_AT_ONCE = "fail.at.once";

		static final String FAIL_AFTER_COMMIT = "fail.after.commit";

		static final String RECORD_AFTER_COMMIT = "record.after.commit";

		private final ActionService actions;

		private final List<ActionRecorded> atOnce = new ArrayList<>();

		private final List<ActionRecorded> afterCommit = new ArrayList<>();

		private final List<ActionRecorded> afterCommitOrWithout = new ArrayList<>();

		private final List<ActionRecorded> afterRollback = new ArrayList<>();

		Listeners(ActionService actions) {
			this.actions = actions;
		}

		@EventListener
		void atOnce(ActionRecorded event) {
			this.atOnce.add(event);
			if (event.text().getMessage().equals(FAIL_AT_ONCE)) {
				throw new IllegalStateException("at once");
			}
		}

		@TransactionalEventListener
		void afterCommit(ActionRecorded event) {
			this.afterCommit.add(event);
			if (event.text().getMessage().equals(FAIL_AFTER_COMMIT)) {
				throw new IllegalStateException("after the commit");
			}
			if (event.text().getMessage().equals(RECORD_AFTER_COMMIT)) {
				this.actions.recordFor("bob", "by the listener");
			}
		}

		@TransactionalEventListener(fallbackExecution = true)
		void afterCommitOrWithout(ActionRecorded event) {
			this.afterCommitOrWithout.add(event);
		}

		@TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
		void afterRollback(ActionRecorded event) {
			this.afterRollback.add(event);
		}

		void clear() {
			List.of(this.atOnce, this.afterCommit, this.afterCommitOrWithout, this.afterRollback).forEach(List::clear);
		}

	}

}
