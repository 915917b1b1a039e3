package dev.actionlog.testing;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.springframework.context.ApplicationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An endpoint of the application.
 *
 * @param method the HTTP method
 * @param path the path, with 1 for each of its variables
 * @param fields the names of the parameters that it reads
 */
public record Endpoint(String method, String path, List<String> fields) {

	/**
	 * All endpoints: those of the controllers but the tests' own one that fails, and of
	 * Spring Security.
	 */
	static List<Endpoint> of(ApplicationContext application) {
		List<Endpoint> endpoints = new ArrayList<>();
		application.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods()
			.forEach((mapping, handler) -> {
				Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
				for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
					mapping.getPatternValues()
						.stream()
						.filter((pattern) -> !pattern.equals("/failing"))
						.map((pattern) -> pattern.replaceAll("\\{[^}]*}", "1"))
						.forEach((path) -> endpoints.add(new Endpoint(method.name(), path, fields(handler))));
				}
			});
		endpoints.add(new Endpoint("POST", "/login", List.of("username", "password", "continue")));
		endpoints.add(new Endpoint("POST", "/login/webauthn", List.of("challenge", "credential", "continue")));
		endpoints.add(new Endpoint("POST", "/webauthn/authenticate/options", List.of()));
		// what is random in a test is the same with the same seed
		endpoints.sort(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method));
		return endpoints;
	}

	private static List<String> fields(HandlerMethod handler) {
		List<String> fields = new ArrayList<>();
		for (MethodParameter parameter : handler.getMethodParameters()) {
			if (parameter.hasParameterAnnotation(RequestParam.class)) {
				parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
				fields.add(Objects.requireNonNull(parameter.getParameterName()));
			}
			else if (parameter.getParameterType().isRecord()) {
				Arrays.stream(parameter.getParameterType().getRecordComponents())
					.map(RecordComponent::getName)
					.forEach(fields::add);
			}
		}
		return fields;
	}

}
