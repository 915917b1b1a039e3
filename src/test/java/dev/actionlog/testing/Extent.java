package dev.actionlog.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How much is tested: everything, or what finds nearly all mistakes in a fraction of the
 * time. The POM says which build tests what.
 */
public final class Extent {

	/** The system property that is {@code true} where everything is tested. */
	public static final String ALL = "tests.all";

	private Extent() {
	}

	/**
	 * Whether everything is tested.
	 * @return {@code false} unless the system property {@link #ALL} says so
	 */
	public static boolean isAll() {
		return Boolean.getBoolean(ALL);
	}

	/**
	 * Skips the test that runs, unless everything is tested.
	 * @param always whether the test runs in any case
	 */
	public static void assumeAllOr(boolean always) {
		assumeThat(always || isAll()).as("Not tested without -D%s=true", ALL).isTrue();
	}

}
