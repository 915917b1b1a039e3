package dev.actionlog.app;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.actionlog.app.account.AdminFilter;
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

	/** What an error page leads back to, the closest first. */
	private static final List<Target> TARGETS = List.of(new Target("/profile/actions", "actions"),
			new Target("/profile/name", "/profile/edit", "edit"), new Target("/profile/photo", "/profile/edit", "edit"),
			new Target("/profile/password", "/profile/edit", "edit"), new Target("/profile", "profile"),
			new Target("/settings", "settings"), new Target("/login", "login"), new Target("/sign-up", "sign-up"),
			new Target("/recover", "recover"), new Target("/admin/messages", "admin"));

	private static final Target START = new Target("/", "start");

	@Override
	public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> error) {
		Target back = back(request);
		ModelAndView page = new ModelAndView("error",
				Map.of("reason", reason(request, status), "back", back.page(), "backTo", back.name()), status);
		if (request.getAttribute(ExpiredForm.ATTRIBUTE) instanceof ExpiredForm form
				&& AdminFilter.mayKnow(request, form.action())) {
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

	private static Target back(HttpServletRequest request) {
		String uri = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
		String context = request.getContextPath();
		return TARGETS.stream()
			.filter((target) -> (uri + "/").startsWith(context + target.forms() + "/"))
			.filter((target) -> AdminFilter.mayKnow(request, target.page()))
			// not to the page that has just failed
			.filter((target) -> !uri.equals(context + target.page())
					|| HttpMethod.POST.name().equals(request.getAttribute(RequestDispatcher.ERROR_METHOD)))
			.findFirst()
			.orElse(START);
	}

	/**
	 * A page to go back to.
	 *
	 * @param forms where its forms are sent, or below that
	 * @param page its path
	 * @param name its name in the messages
	 */
	private record Target(String forms, String page, String name) {

		Target(String page, String name) {
			this(page, page, name);
		}

	}

}
