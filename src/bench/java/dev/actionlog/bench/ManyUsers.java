package dev.actionlog.bench;

import java.util.stream.Stream;

import dev.actionlog.action.ActionService;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * The library in a database of many users, beside itself in one of the usual number, on
 * the same server. The database of many is filled once, for all comparisons.
 */
@NullUnmarked
public abstract class ManyUsers extends TwoSides {

	/** More than the processors of a small machine, so that none of them is idle. */
	private static final int THREADS = 4;

	private static final String DATABASE = "many_users";

	private Node many;

	private Node few;

	private ActionService actionsOfMany;

	private ActionService actionsOfFew;

	/**
	 * Reading and recording. Reading comes first, while the rows lie as they were
	 * written.
	 * @param users how many are many
	 */
	static Stream<Comparison> comparisons(int users) {
		String among = " among %,d users, to among %,d".formatted(users, Data.USERS);
		return Stream
			.of(InProcess.time("recent actions" + among, Reading.class, THREADS, 1.5),
					InProcess.time("record" + among, Recording.class, THREADS, 1.1))
			.map((comparison) -> new Filled(users, comparison));
	}

	@Override
	final void prepare() {
		this.many = Node.startFilled(Server.url(DATABASE));
		this.few = Node.start(Server.url(Server.SHARED), Data.USERS);
		this.actionsOfMany = this.many.get(ActionService.class);
		this.actionsOfFew = this.few.get(ActionService.class);
	}

	@Override
	final @Nullable Object library() {
		return call(this.actionsOfMany, this.many.anyUser());
	}

	@Override
	final @Nullable Object reference() {
		return call(this.actionsOfFew, this.few.anyUser());
	}

	abstract @Nullable Object call(ActionService actions, String username);

	@Override
	final void close() {
		this.few.close();
		this.many.close();
	}

	/**
	 * A comparison that first fills the database of many users where that is not done
	 * yet.
	 *
	 * @param users how many
	 * @param comparison the comparison
	 */
	private record Filled(int users, Comparison comparison) implements Comparison {

		@Override
		public String name() {
			return this.comparison.name();
		}

		@Override
		public void run(Server server, Table table) throws Exception {
			if (server.createDatabase(DATABASE)) {
				Node.start(Server.url(DATABASE), this.users).close();
			}
			this.comparison.run(server, table);
		}

	}

	/**
	 * Reads the recent actions of any user.
	 */
	public static class Reading extends ManyUsers {

		@Override
		Object call(ActionService actions, String username) {
			return actions.recentFor(username);
		}

	}

	/**
	 * Records an action of any user.
	 */
	public static class Recording extends ManyUsers {

		@Override
		@Nullable Object call(ActionService actions, String username) {
			actions.recordFor(username, Data.MESSAGE, Data.ARGUMENT);
			return null;
		}

	}

}
