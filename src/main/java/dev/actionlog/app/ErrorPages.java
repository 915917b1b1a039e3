package dev.actionlog.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.actionlog.app.request.ExpiredForm;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * Resolver of the error pages, which say what happened and what to do next.
 */
@Component
class ErrorPages implements ErrorViewResolver {

	private static final Set<Integer> EXPLAINED = Set.of(400, 403, 404, 405, 408, 409, 413, 429, 503);

	/**
	 * Pages whose forms post to paths below their own, the closest first, and their names
	 * in the messages.
	 */
	private static final Map<String, String> PAGES_WITH_FORMS = pages("/profile/actions", "actions", "/profile",
			"profile", "/settings", "settings", "/login", "login", "/sign-up", "sign-up", "/recover", "recover",
			"/admin/messages", "admin", "/profile/edit", "edit");

	/** The forms of the page on which the profile is edited. */
	private static final String EDITED = "/profile/(name|password|photo)(/.*)?";

	@Override
	public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> error) {
		String back = back(request);
		ModelAndView page = new ModelAndView("error", Map.of("reason", reason(request, status), "back", back, "backTo",
				PAGES_WITH_FORMS.getOrDefault(back, "start")), status);
		if (request.getAttribute(ExpiredForm.ATTRIBUTE) instanceof ExpiredForm form) {
			page.addObject("expired", form);
		}
		if (request.getAttribute("secondsToWait") instanceof Long seconds) {
			page.addObject("seconds", seconds);
		}
		return page;
	}

	private static String reason(HttpServletRequest request, HttpStatus status) {
		if (request.getAttribute("formExpired") != null) {
			return "form";
		}
		if (request.getAttribute("readOnly") != null) {
			return "read-only";
		}
		if (EXPLAINED.contains(status.value())) {
			return String.valueOf(status.value());
		}
		return status.is4xxClientError() ? "400" : "500";
	}

	private static Map<String, String> pages(String... pathsAndNames) {
		Map<String, String> pages = new LinkedHashMap<>();
		for (int place = 0; place < pathsAndNames.length; place += 2) {
			pages.put(pathsAndNames[place], pathsAndNames[place + 1]);
		}
		return pages;
	}

	private static String back(HttpServletRequest request) {
		String uri = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
		boolean admin = request.getAttribute("admin") != null;
		return PAGES_WITH_FORMS.keySet()
			.stream()
			.filter((page) -> (uri + "/").startsWith(request.getContextPath() + page + "/"))
			.filter((page) -> admin || !page.startsWith("/admin/"))
			.filter((page) -> !uri.equals(request.getContextPath() + page)
					|| HttpMethod.POST.name().equals(request.getAttribute(RequestDispatcher.ERROR_METHOD)))
			.findFirst()
			.map((page) -> uri.matches(request.getContextPath() + EDITED) ? "/profile/edit" : page)
			.orElse("/");
	}

}
