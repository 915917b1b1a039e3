package dev.actionlog.bench;

import java.sql.SQLException;

import org.jspecify.annotations.NullUnmarked;

/**
 * Reading the ten recent actions of any user, beside hand-written JDBC that reads them in
 * one statement from the same tables.
 */
@NullUnmarked
public class Recent extends OfNode {

	private Ring ring;

	static Comparison comparison() {
		return InProcess.throughput("recent actions, to JDBC", Recent.class, 0.95, 0.95, 0.95);
	}

	@Override
	void prepare(Node node) {
		this.ring = new Ring(node.dataSource());
	}

	@Override
	Object library() {
		return actions().recentFor(anyUser());
	}

	@Override
	Object reference() throws SQLException {
		return this.ring.recent(anyUser());
	}

}
