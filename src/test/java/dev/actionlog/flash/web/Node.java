package dev.actionlog.flash.web;

import java.io.IOException;
import java.util.Map;

import dev.actionlog.testing.TestApplication;

/**
 * A node in a process of its own, for tests that kill it. It says on its standard output
 * where it listens, and when a page waits at the gate.
 */
final class Node {

	private Node() {
	}

	/**
	 * Starts the node.
	 * @param args the URL, the user and the lease
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		TestApplication application = Site.start(Map.of("spring.datasource.url", args[0], "spring.datasource.username",
				args[1], "spring.datasource.password", ""), "actionlog.flash.lease=" + args[2]);
		System.out.println("PORT " + Site.port(application));
		application.get(Site.Gate.class).awaitVisitor();
		System.out.println("CLAIMED");
		// a node whose test has died must not stay behind
		int end = System.in.read();
		Runtime.getRuntime().halt(end);
	}

}
