package dev.actionlog.action;

import java.util.function.BooleanSupplier;

/**
 * Watches how actions are recorded.
 */
@FunctionalInterface
interface RecordObservation {

	/**
	 * Records, and watches it.
	 * @param record what records
	 * @return what it returns
	 */
	boolean observe(BooleanSupplier record);

}
