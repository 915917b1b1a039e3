package dev.actionlog.bench;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * A page of a signed-in user for whom no message waits: with the fragment of the flash
 * messages, which costs one statement, beside the same page without it, which costs none.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 14, time = 1)
@NullUnmarked
public class PageBenchmark {

	private Node node;

	private MockMvc pages;

	/**
	 * Takes the pages from the node, and warms them up with one thread.
	 * @param node the node
	 * @throws Exception if that fails
	 */
	@Setup
	public void prepare(Node node) throws Exception {
		this.node = node;
		this.pages = node.pages();
		Turn turn = new Turn();
		for (int i = 0; i < 5_000; i++) {
			turn.next();
			page(turn);
		}
	}

	/**
	 * Renders the page.
	 * @param turn whose turn it is
	 * @return the page
	 * @throws Exception if that fails
	 */
	@Benchmark
	public String page(Turn turn) throws Exception {
		String user = this.node.anyUser();
		return this.pages
			.perform(MockMvcRequestBuilders.get(turn.isByHand() ? "/silent" : "/messages").principal(() -> user))
			.andReturn()
			.getResponse()
			.getContentAsString();
	}

}
