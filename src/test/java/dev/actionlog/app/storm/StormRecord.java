package dev.actionlog.app.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.actionlog.testing.Answer;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a storm have sent, been shown and seen listed, and what is wrong
 * with that. Each operation has a name of its own, which its message and its action say.
 */
final class StormRecord {

	/** How many actions the list has. */
	private static final int KEEP = 10;

	/** Older ones cannot be in a list that is right, and are not looked for. */
	private static final int LOOKED_FOR = 200;

	private static final Pattern NAME = Pattern.compile("sender(\\d+)-(\\d+)");

	/**
	 * How soon after a page is out its messages are deleted, on a machine that is busy.
	 */
	private static final long SOON = TimeUnit.SECONDS.toNanos(1);

	/** How long it takes at most until an acknowledgement is tried again. */
	private static final long RETRY = TimeUnit.SECONDS.toNanos(2);

	private static final long NEVER = Long.MAX_VALUE;

	private final long lease;

	private final AtomicInteger numbers = new AtomicInteger();

	private final Map<String, Operation> operations = new ConcurrentHashMap<>();

	/** Those that were acknowledged, the last first. */
	private final Deque<Operation> acknowledged = new ConcurrentLinkedDeque<>();

	private final Map<String, Queue<Page>> shown = new ConcurrentHashMap<>();

	private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private final Map<String, Outcomes> outcomes = new ConcurrentHashMap<>();

	private final AtomicInteger looks = new AtomicInteger();

	StormRecord(Duration lease) {
		this.lease = lease.toNanos();
	}

	/**
	 * An operation begins.
	 * @return its name
	 */
	String begin(int sender) {
		Operation operation = new Operation(sender, this.numbers.incrementAndGet());
		this.operations.put(operation.name(), operation);
		return operation.name();
	}

	void acknowledge(String name) {
		Operation operation = operation(name);
		operation.acknowledged = System.nanoTime();
		this.acknowledged.addFirst(operation);
	}

	private Operation operation(String name) {
		Operation operation = this.operations.get(name);
		if (operation == null) {
			throw new IllegalStateException("Nobody has sent " + name);
		}
		return operation;
	}

	/**
	 * A request has ended in some way.
	 */
	void outcome(String request, String outcome, long begin) {
		this.outcomes.computeIfAbsent(request + " " + outcome, (key) -> new Outcomes()).add(System.nanoTime() - begin);
	}

	void violation(String what) {
		this.violations.add(what);
	}

	void fault(Fault fault) {
		this.faults.add(fault);
	}

	/**
	 * A page has come, as far as it came before its node died.
	 * @param begin when it was asked for
	 */
	void page(Answer answer, int node, long begin) {
		Page page = new Page(node, begin, System.nanoTime());
		List<String> messages = known(answer.messages());
		if (Set.copyOf(messages).size() < messages.size()) {
			violation("twice in one page: " + messages);
		}
		requireOrder(messages, 1, "messages");
		messages.forEach((name) -> this.shown.computeIfAbsent(name, (key) -> new ConcurrentLinkedQueue<>()).add(page));
		if (answer.status() == 200 && answer.text().contains("</html>")) {
			look(answer.actions(), begin);
		}
	}

	/**
	 * The names of operations in words, without what else there is.
	 */
	private List<String> known(List<String> words) {
		List<String> names = new ArrayList<>();
		for (String word : words) {
			Matcher name = NAME.matcher(word);
			if (name.find()) {
				names.add(name.group());
				if (!this.operations.containsKey(name.group())) {
					violation("never sent: " + word);
				}
			}
		}
		return names;
	}

	/**
	 * What one sender sent one after the other stands so. An operation that was not
	 * acknowledged can be done later than the next.
	 */
	private void requireOrder(List<String> names, int direction, String what) {
		Map<Integer, Integer> last = new TreeMap<>();
		for (String name : names) {
			Operation operation = this.operations.get(name);
			if (operation != null && operation.acknowledged != NEVER) {
				Integer before = last.put(operation.sender, operation.number);
				if (before != null && Integer.compare(operation.number, before) != direction) {
					violation("order of " + what + ": " + names);
				}
			}
		}
	}

	/**
	 * The list has exactly the newest N.
	 */
	private void look(List<String> words, long begin) {
		this.looks.incrementAndGet();
		List<String> listed = known(words);
		Set<String> names = new HashSet<>(listed);
		if (names.size() < listed.size()) {
			violation("twice in the list: " + listed);
		}
		requireOrder(listed, -1, "actions");
		int surely = 0;
		long newestMissing = Long.MIN_VALUE;
		Iterator<Operation> newest = this.acknowledged.iterator();
		for (int i = 0; i < LOOKED_FOR && newest.hasNext(); i++) {
			Operation operation = newest.next();
			if (operation.acknowledged < begin) {
				surely++;
				if (!names.contains(operation.name())) {
					newestMissing = Math.max(newestMissing, operation.begin);
				}
			}
		}
		if (words.size() > KEEP || (surely >= KEEP && words.size() < KEEP)) {
			violation(words.size() + " in the list: " + words);
		}
		for (String name : listed) {
			Operation operation = this.operations.get(name);
			if (operation != null && operation.acknowledged < newestMissing) {
				violation("a newer one than " + name + " is missing in the list: " + listed);
			}
		}
	}

	/**
	 * What was acknowledged and never shown.
	 */
	List<String> lost() {
		return this.acknowledged.stream().map(Operation::name).filter((name) -> !this.shown.containsKey(name)).toList();
	}

	/**
	 * What was shown more than once, by the reasons.
	 */
	Map<String, List<String>> shownAgain() {
		Map<String, List<String>> again = new TreeMap<>();
		this.shown.forEach((name, pages) -> {
			List<Page> inOrder = pages.stream().sorted(Comparator.comparingLong(Page::begin)).toList();
			for (int i = 1; i < inOrder.size(); i++) {
				again.computeIfAbsent(reason(inOrder.get(i - 1), inOrder.get(i)), (reason) -> new ArrayList<>())
					.add(name);
			}
		});
		return again;
	}

	/**
	 * What was shown more than once without a reason that the documentation names.
	 */
	List<String> unexplained() {
		return this.shownAgain()
			.entrySet()
			.stream()
			.filter((entry) -> !Reason.isDocumented(entry.getKey()))
			.flatMap((entry) -> entry.getValue().stream().map((name) -> entry.getKey() + ": " + describe(name)))
			.toList();
	}

	private String describe(String name) {
		long origin = operation(name).begin;
		StringBuilder story = new StringBuilder(name);
		this.shown.getOrDefault(name, new ConcurrentLinkedQueue<>())
			.forEach((page) -> story.append(", node %d showed it at %d to %d ms".formatted(page.node,
					TimeUnit.NANOSECONDS.toMillis(page.begin - origin),
					TimeUnit.NANOSECONDS.toMillis(page.end - origin))));
		this.faults.stream()
			.filter((fault) -> fault.overlaps(origin - this.lease, origin + 3 * this.lease))
			.forEach((fault) -> story.append(", %s %d at %d to %d ms".formatted(fault.kind(), fault.node(),
					TimeUnit.NANOSECONDS.toMillis(fault.begin() - origin),
					TimeUnit.NANOSECONDS.toMillis(fault.end() - origin))));
		return story.toString();
	}

	/**
	 * The page that was asked for first need not have claimed first.
	 */
	private String reason(Page one, Page other) {
		Reason reason = held(one, other);
		return ((reason != null) ? reason : Reason.or(held(other, one))).words;
	}

	/**
	 * Why what a page has shown was not deleted while it held it.
	 * @return the reason, or {@code null} for none
	 */
	private @Nullable Reason held(Page first, Page second) {
		long leaseEnd = first.begin + this.lease;
		if (second.end < leaseEnd) {
			return null;
		}
		if (first.end > leaseEnd) {
			return Reason.OUTLASTED;
		}
		// while the database fails the acknowledgement is tried again
		boolean failed = anyFault((fault) -> fault.node() < 0 && fault.overlaps(first.begin, first.end + SOON));
		long acknowledged = failed ? leaseEnd : first.end + SOON;
		if (anyFault(
				(fault) -> isOf(fault, Fault.Kind.KILLED, first.node) && fault.beginsIn(first.begin, acknowledged))) {
			return Reason.DIED;
		}
		if (anyFault((fault) -> isOf(fault, Fault.Kind.PAUSED, first.node) && fault.overlaps(first.begin, acknowledged)
				&& fault.end() > leaseEnd - RETRY)) {
			return Reason.OUTLASTED;
		}
		return anyFault((fault) -> isOf(fault, Fault.Kind.DATABASE_RESTARTED, -1)
				&& fault.overlaps(first.begin, first.end + SOON) && fault.end() > leaseEnd - RETRY) ? Reason.AWAY
						: null;
	}

	private boolean anyFault(Predicate<Fault> which) {
		return this.faults.stream().anyMatch(which);
	}

	private static boolean isOf(Fault fault, Fault.Kind kind, int node) {
		return fault.kind() == kind && fault.node() == node;
	}

	/**
	 * Prints what was, and fails where anything was not as it should be.
	 * @param stackTraces what the nodes have logged with stack traces
	 */
	void requireCalm(long seed, List<String> stackTraces) {
		System.out.printf("| seed | %d |%n%s| stack traces | %d |%n", seed, this, stackTraces.size());
		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(lost().stream().map(this::describe)).as("lost, seed %d", seed).isEmpty();
			softly.assertThat(unexplained()).as("shown again, seed %d", seed).isEmpty();
			softly.assertThat(this.violations).as("seed %d", seed).isEmpty();
			softly.assertThat(stackTraces).as("seed %d", seed).isEmpty();
		});
	}

	/**
	 * How requests have ended.
	 */
	Set<String> outcomes() {
		return this.outcomes.keySet();
	}

	int acknowledgedCount() {
		return this.acknowledged.size();
	}

	int looks() {
		return this.looks.get();
	}

	/**
	 * Whether all that was acknowledged was shown, so that nothing is waited for.
	 */
	boolean isComplete() {
		return lost().isEmpty();
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder();
		line(table, "operations", this.operations.size());
		line(table, "acknowledged", this.acknowledged.size());
		line(table, "looks at the list", this.looks.get());
		Map<String, Integer> kinds = new TreeMap<>();
		this.faults.forEach((fault) -> kinds.merge(fault.kind().toString(), 1, Integer::sum));
		kinds.forEach((kind, number) -> line(table, kind, number));
		line(table, "lost", lost().size());
		shownAgain().forEach((reason, names) -> line(table, "shown again, " + reason, names.size()));
		line(table, "not acknowledged, but shown",
				this.shown.keySet().stream().filter((name) -> operation(name).acknowledged == NEVER).count());
		line(table, "violations", this.violations.size());
		new TreeMap<>(this.outcomes).forEach((what, outcome) -> table
			.append("| %s | %d, the slowest %d ms |%n".formatted(what, outcome.number, outcome.slowestMillis())));
		return table.toString();
	}

	private static void line(StringBuilder table, String what, long number) {
		table.append("| %s | %d |%n".formatted(what, number));
	}

	/**
	 * Why a message was shown again.
	 */
	private enum Reason {

		DIED("the node died before it was deleted"), OUTLASTED("the page, or its end, outlasted the lease"),
		AWAY("the database was away until the lease had ended"), NONE("without a reason");

		private final String words;

		Reason(String words) {
			this.words = words;
		}

		static Reason or(@Nullable Reason reason) {
			return (reason != null) ? reason : NONE;
		}

		static boolean isDocumented(String words) {
			return !words.equals(NONE.words);
		}

	}

	/**
	 * A page with messages, and when its client asked for it and had it.
	 */
	private record Page(int node, long begin, long end) {
	}

	private static final class Operation {

		private final int sender;

		private final int number;

		private final long begin = System.nanoTime();

		private volatile long acknowledged = NEVER;

		Operation(int sender, int number) {
			this.sender = sender;
			this.number = number;
		}

		String name() {
			return "sender%d-%d".formatted(this.sender, this.number);
		}

	}

	private static final class Outcomes {

		private int number;

		private long slowest;

		synchronized void add(long nanos) {
			this.number++;
			this.slowest = Math.max(this.slowest, nanos);
		}

		long slowestMillis() {
			return TimeUnit.NANOSECONDS.toMillis(this.slowest);
		}

	}

}
