package dev.actionlog.action;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

import dev.actionlog.database.Database;
import dev.actionlog.database.Dialect;
import dev.actionlog.profile.ProfileRows;
import dev.actionlog.text.TextColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.SqlParameterValue;

/**
 * The log of each user as a ring of rows. Each database writes an action in its own way;
 * all else is portable SQL.
 * <p>
 * Under the lock of the user's row an action gets the next number and goes into the slot
 * {@code number % slots}, over the one that leaves. So at most N rows are there by
 * construction. Where N has changed, or nothing was written yet, the rows are first laid
 * out anew for N slots.
 */
abstract class ActionStore {

	private static final String TABLE = "actionlog_action";

	protected final Database database;

	protected final int defaultKeep;

	private final ProfileRows profiles;

	/**
	 * A store.
	 * @param defaultKeep the number of actions to keep of a user who has none of their
	 * own
	 */
	ActionStore(Database database, ProfileRows profiles, int defaultKeep) {
		this.database = database;
		this.profiles = profiles;
		this.defaultKeep = defaultKeep;
	}

	/**
	 * Records an action.
	 * @return {@code false} if nothing was stored, because the number of actions to keep
	 * is 0
	 */
	boolean record(String username, Action action) {
		return write(username, action) || this.database.transaction(() -> {
			int keep = this.profiles.withProfile(username, () -> layOut(username));
			return keep > 0 && write(username, action);
		});
	}

	/**
	 * Writes an action over the one that leaves.
	 * @return {@code false} if nothing was written: there is no profile, or its rows are
	 * not laid out for the number of actions to keep, or that number is 0
	 */
	protected abstract boolean write(String username, Action action);

	/**
	 * The values of the columns of an action, from the time on.
	 */
	protected List<Object> values(Action action) {
		List<Object> values = new ArrayList<>();
		values.add(this.database.dialect().timestamp(action.getRecordedAt()));
		values.addAll(TextColumns.values(action.getText()));
		return values;
	}

	/**
	 * Remembers how many actions are kept for a user, and trims at once.
	 * @param keep the user's own number, or {@code null} for the default
	 */
	void setKeep(String username, @Nullable Integer keep) {
		this.profiles.withProfile(username, () -> {
			this.database.update("update actionlog_profile set keep = ? where username = ?",
					new SqlParameterValue(Types.INTEGER, keep), username);
			return layOut(username);
		});
	}

	/**
	 * Lays the rows of a user out for the number of actions to keep: those beyond it go.
	 * @return that number, or {@code null} if there is no profile
	 */
	private @Nullable Integer layOut(String username) {
		Layout layout = this.database
			.sql("select keep, slots, written from actionlog_profile where username = ? "
					+ this.database.dialect().forUpdate())
			.param(username)
			.query(Layout::of)
			.optional()
			.orElse(null);
		if (layout == null) {
			return null;
		}
		int keep = (layout.keep() != null) ? layout.keep() : this.defaultKeep;
		if (keep != layout.slots()) {
			// without slots there are no rows, in whose gap MariaDB would lock
			if (layout.slots() > 0) {
				move(username, layout.written() - keep, keep);
			}
			this.database.update("update actionlog_profile set slots = ? where username = ?", keep, username);
		}
		return keep;
	}

	/**
	 * Deletes the rows up to a number, and moves the others to their new slots.
	 */
	private void move(String username, long last, int slots) {
		this.database.update(deleteOfUser() + " and number <= ?", username, last);
		if (slots > 0) {
			String update = "update " + this.database.dialect().byKey(TABLE) + " set slot = ";
			// through slots below 0, because two rows would meet on the way
			this.database.update(update + "-1 - slot where username = ?", username);
			this.database.update(update + "mod(number, ?) where username = ?", slots, username);
		}
	}

	private String deleteOfUser() {
		return this.database.dialect().deleteByKey(TABLE) + " where username = ?";
	}

	/**
	 * Deletes all but the newest actions.
	 * @param count how many stay
	 */
	void keepNewest(String username, int count) {
		this.database.transaction(() -> {
			// looked for first, because MariaDB would lock the gap where there is none
			if (this.profiles.exists(username) && this.profiles.lock(username)) {
				this.database.update(
						deleteOfUser()
								+ " and number <= (select written from actionlog_profile where username = ?) - ?",
						username, username, count);
			}
			return null;
		});
	}

	/**
	 * The actions of a user with the number of actions to keep.
	 */
	RecentActions recent(String username) {
		Dialect dialect = this.database.dialect();
		return this.database.read(() -> this.database.sql("""
				select coalesce(p.keep, ?) as keep, a.recorded_at, a.message, a.args, a.link
				from actionlog_profile p left join actionlog_action a
					on a.username = p.username and a.number > p.written - coalesce(p.keep, ?)
				where p.username = ? order by a.number desc
				""").params(this.defaultKeep, this.defaultKeep, username).query((ResultSet rows) -> {
			int keep = this.defaultKeep;
			List<Action> actions = new ArrayList<>();
			while (rows.next()) {
				keep = rows.getInt("keep");
				// null in the row of a user who has no actions
				if (rows.getString("message") != null) {
					actions.add(new Action(TextColumns.read(rows), dialect.instant(rows, "recorded_at")));
				}
			}
			return new RecentActions(actions, keep);
		}));
	}

	/**
	 * What the row of a user says about the ring.
	 */
	protected record Layout(@Nullable Integer keep, int slots, long written) {

		static Layout of(ResultSet row, int number) throws SQLException {
			return new Layout(row.getObject("keep", Integer.class), row.getInt("slots"), row.getLong("written"));
		}

	}

}
