package dev.actionlog.bench;

import java.sql.SQLException;

import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashSender;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sending a message to any user, beside a hand-written insert of one row, in autocommit,
 * into a table of the same columns. The insert promises less: it bounds no number of
 * messages and deletes none that has expired. Before each turn the messages of both sides
 * are deleted, outside of what is measured, so that on both only those of the turn wait:
 * a few for each user, as where people look at pages.
 */
@NullUnmarked
public class FlashSend extends OfNode {

	private FlashSender sender;

	private Textbook textbook;

	private JdbcClient jdbc;

	static Comparison comparison() {
		return InProcess.throughput("flash message sent, to an insert in JDBC", FlashSend.class, 0.7, 0.7, 0.7);
	}

	@Override
	void prepare(Node node) {
		this.sender = node.get(FlashSender.class);
		this.textbook = Textbook.create(node.dataSource());
		this.jdbc = node.jdbc();
	}

	@Override
	void begin(boolean reference) {
		this.jdbc.sql("truncate actionlog_flash, bench_flash").update();
	}

	@Override
	@Nullable Object library() {
		this.sender.send(anyUser(), FlashLevel.SUCCESS, Data.MESSAGE, Data.ARGUMENT);
		return null;
	}

	@Override
	@Nullable Object reference() throws SQLException {
		this.textbook.send(anyUser(), FlashLevel.SUCCESS.value(), Data.MESSAGE, Data.ARGUMENT);
		return null;
	}

}
