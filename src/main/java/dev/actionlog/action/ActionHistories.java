package dev.actionlog.action;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Says the actions of users in the words of a reader: what the history fragment shows,
 * for JSON, mails, and templates of an application's own.
 * <p>
 * It gives the actions of any user to whoever calls it. Whether the reader may see them
 * is for the application to decide.
 */
public class ActionHistories {

	private final Supplier<@Nullable ActionService> actions;

	private final Supplier<@Nullable TextResolver> texts;

	private final Clock clock;

	private final UnaryOperator<String> hrefs;

	/**
	 * Says actions in a reader's words.
	 * @param hrefs makes an address of a path below the context path
	 */
	ActionHistories(Supplier<@Nullable ActionService> actions, Supplier<@Nullable TextResolver> texts, Clock clock,
			UnaryOperator<String> hrefs) {
		this.actions = actions;
		this.texts = texts;
		this.clock = clock;
		this.hrefs = hrefs;
	}

	/**
	 * Whether the beans that it needs are there; in slice tests they may be missing.
	 */
	boolean isUsable() {
		return this.actions.get() != null && this.texts.get() != null;
	}

	/**
	 * The actions of a user. Links have the context path of the servlet request that this
	 * thread serves, and none in any other thread.
	 * @param username the name of the user's principal
	 * @param locale the reader's
	 * @param zone the reader's
	 * @return at most N actions, the newest first
	 * @throws IllegalArgumentException if no user can have that name
	 */
	public ActionHistory of(String username, Locale locale, ZoneId zone) {
		return of(username, locale, zone, this.hrefs);
	}

	ActionHistory of(String username, Locale locale, ZoneId zone, UnaryOperator<String> hrefs) {
		ActionService service = this.actions.get();
		TextResolver texts = this.texts.get();
		Assert.state(service != null && texts != null, "There is no ActionService or no TextResolver");
		Instant now = this.clock.instant();
		List<Action> actions = service.recentFor(username);
		// an application's own service gives other lists
		int keep = (actions instanceof RecentActions recent) ? recent.keep() : service.limitFor(username);
		return new HistoryBuilder(texts, locale, zone, now, hrefs).of(actions, keep);
	}

}
