package dev.actionlog;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

/**
 * Verifies the dependencies between the modules.
 */
class ModulesIT {

	@Test
	void modulesUseEachOtherOnlyAsDeclared() {
		ApplicationModules.of("dev.actionlog").verify();
	}

}
