package dev.actionlog.bench;

import java.sql.SQLException;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Recording an action of any user, beside hand-written JDBC on textbook tables that locks
 * the profile, inserts, trims and commits.
 */
@NullUnmarked
public class RecordToTextbook extends OfNode {

	private Textbook textbook;

	static Comparison comparison() {
		return InProcess.throughput("record, to textbook JDBC", RecordToTextbook.class, 2.0, 2.0, 2.4);
	}

	@Override
	void prepare(Node node) {
		this.textbook = Textbook.create(node.dataSource());
	}

	@Override
	@Nullable Object library() {
		actions().recordFor(anyUser(), Data.MESSAGE, Data.ARGUMENT);
		return null;
	}

	@Override
	@Nullable Object reference() throws SQLException {
		this.textbook.record(anyUser(), Data.MESSAGE, Data.ARGUMENT);
		return null;
	}

}
