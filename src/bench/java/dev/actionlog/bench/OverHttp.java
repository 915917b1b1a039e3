package dev.actionlog.bench;

import java.util.List;
import java.util.function.Function;

/**
 * An endpoint of a small application of the library, with Spring Security (a session, and
 * in a form the token, which is valid and is checked), beside the same endpoint of a bare
 * servlet with neither. Both are web servers of their own on the same tables, asked by 16
 * connections without a break for any user.
 *
 * @param name what is compared
 * @param request the request of somebody who is signed in
 * @param byHand the requests to the servlet
 * @param status the status of the responses
 * @param actions how many actions a response shows
 * @param actionsByHand how many a response of the servlet shows
 * @param goal the goal of the requests per second
 */
record OverHttp(String name, Function<Site.Visitor, byte[]> request, List<byte[]> byHand, int status, int actions,
		int actionsByHand, Goal goal) implements Comparison {

	static Comparison record() {
		return new OverHttp("HTTP: record, to a bare servlet", (visitor) -> visitor.post("/record"),
				BareSite.requests("POST", "/record"), 204, 0, 0, Goal.atLeast(0.6));
	}

	static Comparison page() {
		return new OverHttp("HTTP: page with ten actions, to a bare servlet", (visitor) -> visitor.get("/history"),
				BareSite.requests("GET", "/history"), 200, Data.KEEP, Data.KEEP, Goal.atLeast(0.35));
	}

	/**
	 * What Spring Security and Thymeleaf leave of the servlet's rate without the library:
	 * the ceiling of the comparison before it.
	 */
	static Comparison pageWithoutLibrary() {
		return new OverHttp("HTTP: page without the library, to a bare servlet with ten actions",
				(visitor) -> visitor.get("/plain"), BareSite.requests("GET", "/history"), 200, 0, Data.KEEP, Goal.NONE);
	}

	@Override
	public void run(Server server, Table table) throws Exception {
		try (WebServer site = new WebServer(Site.class); WebServer bareSite = new WebServer(BareSite.class)) {
			List<byte[]> requests = Site.signIn(site).stream().map(this.request).toList();
			try (Load library = new Load(site, requests, this.status);
					Load reference = new Load(bareSite, this.byHand, this.status)) {
				library.requireActions(this.actions);
				reference.requireActions(this.actionsByHand);
				List<Load.Turn> turns = Load.turns(library, reference, server.turns());
				table.add(this.name + ", 1/s", Load.CONNECTIONS, turns.stream().map(Load.Turn::rate).toList(),
						this.goal);
				table.add(this.name + ", CPU, us", Load.CONNECTIONS, turns.stream().map(Load.Turn::cpu).toList(),
						Goal.NONE);
			}
		}
	}

}
