package dev.actionlog.bench;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.Assert;

/**
 * Runs every comparison, one after the other, on one PostgreSQL server that outlives
 * them, and prints how the library compares.
 */
final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs the comparisons.
	 * @param args a regular expression that is looked for in the names of the
	 * comparisons, the number of users of the large data set (0 for none) and the number
	 * of turns that are measured
	 * @throws Exception if one fails
	 */
	public static void main(String[] args) throws Exception {
		LoggingSystem.get(Benchmarks.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		Pattern chosen = Pattern.compile(args[0]);
		int manyUsers = Integer.parseInt(args[1]);
		List<Comparison> comparisons = comparisons(manyUsers)
			.filter((comparison) -> chosen.matcher(comparison.name()).find())
			.toList();
		Assert.state(!comparisons.isEmpty(), () -> "No comparison has a name like " + chosen);
		try (Server server = new Server(Integer.parseInt(args[2]))) {
			Table table = new Table(System.out);
			for (Comparison comparison : comparisons) {
				comparison.run(server, table);
			}
		}
	}

	private static Stream<Comparison> comparisons(int manyUsers) {
		Stream<Comparison> few = Stream.of(RecordToTextbook.comparison(), RecordToRing.comparison(),
				RecordInTransaction.comparison(), Recent.comparison(), FlashSend.comparison(),
				PageCpu.withBothFragments(), PageCpu.withMessagesFragment(), RecordAmongEntities.comparison(),
				OverHttp.record(), OverHttp.page(), OverHttp.pageWithoutLibrary(), LiveWriting.records(),
				LiveWriting.messages(), new LiveLatency(), new IdleStreams());
		// last, because what it leaves behind is large
		return (manyUsers > 0) ? Stream.concat(few, ManyUsers.comparisons(manyUsers)) : few;
	}

}
