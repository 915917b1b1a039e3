package dev.actionlog.bench;

/**
 * A comparison of the library with something else.
 */
interface Comparison {

	/**
	 * What is compared, as the table says it.
	 */
	String name();

	/**
	 * Runs it.
	 * @param server the database
	 * @param table where the rows go
	 * @throws Exception if anything fails, so that the run fails
	 */
	void run(Server server, Table table) throws Exception;

}
