package dev.actionlog.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.Assert;

/**
 * What idle streams of live delivery cost a server: the memory and the threads of its
 * process, as Linux tells them, before and after they were opened, and its connections to
 * the database. Each has had heartbeats by then.
 */
record IdleStreams() implements Comparison {

	private static final int STREAMS = 10_000;

	private static final int PER_USER = 8;

	@Override
	public String name() {
		return "idle live streams";
	}

	@Override
	public void run(Server server, Table table) throws Exception {
		List<Socket> streams = new ArrayList<>();
		try (WebServer site = new WebServer(LiveSite.class)) {
			List<String> cookies = signIn(site.port());
			warmUp(site.port(), cookies);
			State before = State.of(site);
			long begin = System.nanoTime();
			for (int i = 0; i < STREAMS; i++) {
				streams.add(LiveWriting.open(site.port(), cookies.get(i / PER_USER), "?browser=" + i % PER_USER));
			}
			System.out.printf("%,d streams opened in %,d ms%n", STREAMS,
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
			TimeUnit.SECONDS.sleep(60);
			long cpu = site.cpuTime();
			TimeUnit.SECONDS.sleep(60);
			System.out.printf("CPU of a minute with idle streams: %,d ms%n",
					TimeUnit.NANOSECONDS.toMillis(site.cpuTime() - cpu));
			State after = State.of(site);
			System.out.printf("before: %s%nafter: %s%nheap of a stream: %,d bytes%n", before, after,
					(after.heap() - before.heap()) / STREAMS);
		}
		for (Socket stream : streams) {
			stream.close();
		}
	}

	private static List<String> signIn(int port) throws IOException {
		List<String> cookies = new ArrayList<>();
		try (HttpConnection connection = new HttpConnection(port)) {
			for (int user = 0; user * PER_USER < STREAMS; user++) {
				cookies.add(connection.send(Site.signIn("idle" + user)).sessionCookie().orElseThrow());
			}
		}
		return cookies;
	}

	private static void warmUp(int port, List<String> cookies) throws IOException {
		for (String cookie : cookies) {
			LiveWriting.open(port, cookie, "?browser=0").close();
		}
	}

	/**
	 * The state of a process.
	 *
	 * @param heap the bytes of its live objects
	 * @param resident its memory in kB
	 * @param threads its threads
	 * @param connections its connections to the database that are in use
	 */
	record State(long heap, long resident, long threads, int connections) {

		static State of(WebServer site) throws IOException, InterruptedException {
			String heap = command("jcmd", "" + site.pid(), "GC.class_histogram");
			String status = Files.readString(Path.of("/proc/" + site.pid() + "/status"));
			int connections = JdbcClient.create(new DriverManagerDataSource(Server.url(Server.SHARED)))
				.sql("select count(*) from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid()")
				.query(Integer.class)
				.single();
			return new State(number("(?m)^Total +\\d+ +(\\d+)", heap), number("VmRSS:\\s+(\\d+)", status),
					number("Threads:\\s+(\\d+)", status), connections);
		}

		private static long number(String pattern, String text) {
			Matcher matcher = Pattern.compile(pattern).matcher(text);
			Assert.state(matcher.find(), () -> "There is no number: " + text);
			return Long.parseLong(matcher.group(1));
		}

		private static String command(String... command) throws IOException, InterruptedException {
			command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			process.waitFor();
			return output;
		}

	}

}
