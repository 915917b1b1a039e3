package dev.actionlog.bench;

import java.util.List;

/**
 * The CPU time of a page with fragments of the library, beside the same page of the same
 * application without them: all CPU time of the application's process, per page, while 16
 * connections ask for pages of any user without a break. No message waits. The database
 * is another process and does not count.
 *
 * @param name what is compared
 * @param page the page with the fragments
 * @param actions how many actions it shows
 * @param goal the goal
 */
record PageCpu(String name, String page, int actions, Goal goal) implements Comparison {

	static Comparison withBothFragments() {
		return new PageCpu("CPU of a page with both fragments, to without, us", "/both", Data.KEEP, Goal.atMost(3));
	}

	static Comparison withMessagesFragment() {
		return new PageCpu("CPU of a page with the messages fragment, to without, us", "/messages", 0,
				Goal.atMost(1.6));
	}

	@Override
	public void run(Server server, Table table) throws Exception {
		try (WebServer site = new WebServer(Site.class)) {
			List<Site.Visitor> visitors = Site.signIn(site);
			try (Load with = load(site, visitors, this.page); Load without = load(site, visitors, "/plain")) {
				with.requireActions(this.actions);
				without.requireActions(0);
				List<Load.Turn> turns = Load.turns(with, without, server.turns());
				table.add(this.name, Load.CONNECTIONS, turns.stream().map(Load.Turn::cpu).toList(), this.goal);
			}
		}
	}

	private static Load load(WebServer site, List<Site.Visitor> visitors, String page) throws Exception {
		return new Load(site, visitors.stream().map((visitor) -> visitor.get(page)).toList(), 200);
	}

}
