package dev.actionlog;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

/**
 * Verifies the arrows between the rooms.
 */
class ModulesTests {

	@Test
	void roomsUseEachOtherOnlyAsDeclared() {
		ApplicationModules.of("dev.actionlog").verify();
	}

}
