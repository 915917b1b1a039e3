package dev.actionlog.app;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FormErrorsInterceptor}.
 */
class FormErrorsInterceptorTests {

	private final MockMvcTester mvc = MockMvcTester
		.create(MockMvcBuilders.standaloneSetup(new Forms()).addInterceptors(new FormErrorsInterceptor()).build());

	@ParameterizedTest
	@CsvSource({ "/page, x, 400", "/page, 1, 200", "/redirect, x, 302", "/json, x, 200", "/json, 1, 200" })
	void onlyAPageOfAFormWithErrorsIsABadRequest(String path, String number, int status) {
		assertThat(post(path, number)).hasStatus(status);
	}

	@Test
	void thePageKnowsThatItsFormWasRefused() {
		assertThat(post("/page", "x")).model().containsEntry("refused", true);
		assertThat(post("/page", "1")).model().doesNotContainKey("refused");
	}

	@Test
	void aPageWithoutAFormIsLeftAlone() {
		assertThat(this.mvc.post().uri("/nothing")).hasStatus(200);
	}

	private MvcTestResult post(String path, String number) {
		return this.mvc.post().uri(path).param("number", number).exchange();
	}

	@Controller
	static class Forms {

		@PostMapping("/page")
		String page(@ModelAttribute("form") Form form, BindingResult errors) {
			return "view";
		}

		@PostMapping("/redirect")
		String redirect(@ModelAttribute("form") Form form, BindingResult errors) {
			return "redirect:/page";
		}

		@PostMapping("/json")
		ResponseEntity<Map<String, Boolean>> json(@ModelAttribute("form") Form form, BindingResult errors) {
			return ResponseEntity.ok(Map.of("errors", errors.hasErrors()));
		}

		@PostMapping("/nothing")
		String nothing() {
			return "view";
		}

	}

	record Form(int number) {
	}

}
