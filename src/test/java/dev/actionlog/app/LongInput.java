package dev.actionlog.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.actionlog.testing.App;
import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Endpoint;
import tools.jackson.databind.json.JsonMapper;

/**
 * A place in the requests to an endpoint where a long text can be.
 *
 * @param endpoint the endpoint
 * @param place where in the request
 * @param field the name of the parameter, or empty where the text itself is the name, or
 * in the path
 */
record LongInput(Endpoint endpoint, Place place, String field) {

	/** What the other fields have, so that a form gets as far as it can. */
	private static final Map<String, String> OTHERS = Map.of("password", App.PASSWORD, "currentPassword", App.PASSWORD,
			"newPassword", "staple of another horse", "name", "Ann", "language", "en", "timeZone", "UTC", "keep", "5",
			"event", "1", "own", "true");

	/** A message that nobody is shown in the time of a test. */
	private static final Map<String, String> MESSAGE = Map.of("level", "info", "words", "Hello", "audience", "all",
			"from", "2035-01-01T00:00", "until", "2035-01-02T00:00");

	private static final String CREDENTIAL = """
			{"id": "V", "rawId": "V", "type": "public-key", "clientExtensionResults": {}, "response": {
			"clientDataJSON": "V", "attestationObject": "V", "authenticatorData": "V", "signature": "V"}}
			""";

	/**
	 * All places in the requests to an endpoint. The fields of a POST are in its form:
	 * who reads them does not see whether they are in the address. The address has a
	 * parameter that is read for any page, and the CSRF token, whose reader does not know
	 * the endpoint, is sent to one only.
	 */
	static List<LongInput> of(Endpoint endpoint) {
		boolean form = endpoint.method().equals("POST");
		List<LongInput> inputs = new ArrayList<>();
		inputs.add(new LongInput(endpoint, Place.QUERY, "continue"));
		if (endpoint.path().equals("/login")) {
			inputs.add(new LongInput(endpoint, Place.QUERY, "error"));
		}
		inputs.add(new LongInput(endpoint, form ? Place.FORM_NAME : Place.QUERY_NAME, ""));
		for (String field : endpoint.fields()) {
			inputs.add(new LongInput(endpoint, form ? Place.FORM : Place.QUERY, field));
		}
		if (endpoint.fields().contains("credential")) {
			inputs.add(new LongInput(endpoint, Place.CREDENTIAL, "credential"));
		}
		if (form && (endpoint.path().contains("passkeys") || endpoint.path().contains("webauthn"))) {
			inputs.add(new LongInput(endpoint, Place.JSON, "credential"));
		}
		if (endpoint.path().contains("/1/")) {
			inputs.add(new LongInput(endpoint, Place.PATH, ""));
		}
		if (endpoint.path().equals("/logout")) {
			inputs.add(new LongInput(endpoint, Place.FORM, "_csrf"));
		}
		if (form && endpoint.path().equals("/profile/photo")) {
			inputs.add(new LongInput(endpoint, Place.PART, "photo"));
			inputs.add(new LongInput(endpoint, Place.FILE, "photo"));
		}
		return inputs;
	}

	/**
	 * A request.
	 * @param value the text as it is in a form, with one byte a character
	 * @param browser whose cookies and CSRF token it has
	 */
	byte[] request(String value, Browser browser) {
		// 1 could be the user's own session, which would end
		String path = this.endpoint.path()
			.replace("/1/", (this.place == Place.PATH) ? "/" + inUrl(value) + "/" : "/0/");
		String query = switch (this.place) {
			case QUERY -> "?" + this.field + "=" + inUrl(value);
			case QUERY_NAME -> "?" + inUrl(value) + "=1";
			default -> "";
		};
		String head = this.endpoint.method() + " " + path + query + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html"
				+ "\r\nCookie: " + browser.cookieHeader();
		if (!this.field.equals("_csrf")) {
			head += "\r\nX-XSRF-TOKEN: " + browser.token();
		}
		String body = "";
		if (this.endpoint.method().equals("POST")) {
			body = body(value, browser);
			head += "\r\nContent-Type: " + this.place.type + "\r\nContent-Length: " + body.length();
		}
		return (head + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
	}

	private String body(String value, Browser browser) {
		return switch (this.place) {
			case PATH, QUERY, QUERY_NAME -> others(browser);
			case FORM -> others(browser) + this.field + "=" + value;
			case FORM_NAME -> others(browser) + value + "=1";
			case CREDENTIAL ->
				others(browser) + this.field + "=" + CREDENTIAL.replace("V", value.substring(value.length() * 6 / 7));
			case JSON -> "{\"" + this.field + "\": \"" + value + "\"}";
			case PART -> part("", value);
			case FILE -> part("; filename=\"a.jpg\"", value);
		};
	}

	private String part(String more, String value) {
		return "--b\r\nContent-Disposition: form-data; name=\"" + this.field + "\"" + more + "\r\n\r\n" + value
				+ "\r\n--b--\r\n";
	}

	private String others(Browser browser) {
		if (this.field.equals("credential")) {
			// without it nobody looks at what a device has made
			browser.post("/settings/passkeys/options");
		}
		return this.endpoint.fields()
			.stream()
			.filter((other) -> !other.equals(this.field))
			.map((other) -> other + "=" + other(other, browser) + "&")
			.collect(Collectors.joining());
	}

	private static String other(String field, Browser browser) {
		return switch (field) {
			case "username" -> App.newName();
			case "challenge" -> JsonMapper.shared()
				.readTree(browser.post("/webauthn/authenticate/options").text())
				.get("challenge")
				.asString();
			default -> OTHERS.getOrDefault(field, MESSAGE.getOrDefault(field, ""));
		};
	}

	/**
	 * The text with escapes, cut to its own length: the head of a request is bounded.
	 */
	private static String inUrl(String value) {
		String escaped = URLEncoder.encode(value, StandardCharsets.ISO_8859_1).replace("%25", "%");
		return (escaped.length() > value.length()) ? escaped.substring(0, value.length() / 3 * 3) : escaped;
	}

	@Override
	public String toString() {
		return this.endpoint.method() + " " + this.endpoint.path() + " (" + this.place + " " + this.field + ")";
	}

	/**
	 * Where the text is, and how many KB it has. Heads are read up to 8 KB, forms up to
	 * 64 KB, and of these the JSON of passkeys up to 16 KB.
	 */
	@SuppressWarnings("ImmutableEnumChecker") // the lists are
	enum Place {

		PATH(List.of(7), List.of(1, 64)), QUERY(List.of(7), List.of(1, 64)), QUERY_NAME(List.of(7), List.of(1, 64)),

		FORM(List.of(16, 63), List.of(1, 2048)), FORM_NAME(List.of(16, 63), List.of(1, 2048)),

		CREDENTIAL(List.of(15), List.of(1, 63, 2048)),

		JSON("application/json", List.of(), List.of(1, 16, 63, 2048)),

		PART("multipart/form-data; boundary=b", List.of(16, 63), List.of(1, 2048)),

		FILE("multipart/form-data; boundary=b", List.of(16, 63, 2048), List.of(1));

		private final String type;

		private final List<Integer> sizes;

		private final List<Integer> otherSizes;

		Place(List<Integer> sizes, List<Integer> otherSizes) {
			this("application/x-www-form-urlencoded", sizes, otherSizes);
		}

		Place(String type, List<Integer> sizes, List<Integer> otherSizes) {
			this.type = type;
			this.sizes = sizes;
			this.otherSizes = otherSizes;
		}

		/**
		 * The sizes at which it matters what the text is.
		 */
		List<Integer> sizes() {
			return this.sizes;
		}

		/**
		 * The sizes that are small, or refused unread.
		 */
		List<Integer> otherSizes() {
			return this.otherSizes;
		}

	}

}
