package dev.actionlog.live;

import java.util.concurrent.ScheduledExecutorService;

import dev.actionlog.database.Database;

/**
 * Makes what tells other nodes, where a driver is there that can.
 */
@FunctionalInterface
interface NodesFactory {

	/**
	 * Makes it.
	 * @param executor may wait for the database
	 */
	OtherNodes create(Database database, ScheduledExecutorService executor);

}
