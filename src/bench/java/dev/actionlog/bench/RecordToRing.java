package dev.actionlog.bench;

import java.sql.SQLException;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Recording an action of any user, beside hand-written JDBC that does it in the same one
 * statement on the same tables.
 */
@NullUnmarked
public class RecordToRing extends OfNode {

	private Ring ring;

	static Comparison comparison() {
		return InProcess.throughput("record, to the ring in JDBC", RecordToRing.class, 0.9, 0.9, 0.9);
	}

	@Override
	void prepare(Node node) {
		this.ring = new Ring(node.dataSource());
	}

	@Override
	@Nullable Object library() {
		actions().recordFor(anyUser(), Data.MESSAGE, Data.ARGUMENT);
		return null;
	}

	@Override
	@Nullable Object reference() throws SQLException {
		this.ring.record(anyUser(), Data.MESSAGE, Data.ARGUMENT);
		return null;
	}

}
