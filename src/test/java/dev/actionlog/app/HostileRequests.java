package dev.actionlog.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.actionlog.testing.Browser;
import dev.actionlog.testing.Endpoint;
import dev.actionlog.testing.Pictures;

/**
 * Requests that no browser sends, in a sequence that depends on a seed only. Texts have
 * one byte a character.
 */
class HostileRequests {

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE", "CONNECT", "PROPFIND", "get", "X");

	private static final List<String> OTHER_PATHS = List.of("/", "/logout", "/error", "/nowhere", "/css/app.css",
			"/js/app.js", "/img/icon.svg", "/webjars/picocss__pico/css/pico.classless.min.css", "/webjars/x",
			"/favicon.ico", "/actuator", "/actuator/health", "/actuator/env", "/.well-known/x",
			"/application.properties", "/WEB-INF/web.xml");

	/** What a path ends with. */
	private static final List<String> SUFFIXES = List.of("/", "//", "/.", "/..", "/../profile", "/%2e%2e/settings",
			";a=b", ";jsessionid=0123", ";", "%00", "%00.css", "%0d%0aX: y", "%ff%fe", "%c0%ae", "%2f", "%5c", "%3b",
			"%25", "%", "%zz", "%u0041", "\\", "|", "^", "\"", "`", "{a}", "<b>", "\t", "\u0000", "\u00ff", ".json",
			".php", "~", "*", "/**", "#a", "?", "/" + "a/".repeat(2000));

	/** What is not a path. */
	private static final List<String> TARGETS = List.of("*", "http://evil.example/profile", "http://", "http:///x",
			"//evil.example/profile", "evil.example:443", "/ /", "/%", "?", "/?", "\\", "\u0000",
			"/" + "x".repeat(9000));

	private static final List<String> NAME_SUFFIXES = List.of("[0]", "[0][b].c", "[a]", "[", "]", "[]", ".", ".class",
			".bytes[0]", "[99999999999]", "[-1]", "%00", "%ZZ", "%ff", "%5B0%5D", "%0d%0a", "=", " ", "%20");

	private static final List<String> NAMES = List.of("class.classLoader", "class.module.classLoader.resources",
			"_csrf", "_method", "_name", "!name", "account", "Account", "id", "continue", "error", "expired", "submit",
			"a[0][b].c", "__proto__", "%", "%ZZ", "", "%EF%BF%BF", "user.name", "nameForm.name");

	/** Values, encoded as in a form. Those that some form accepts change something. */
	private static final List<String> VALUES = List.of("", "ann", "correct+horse+battery", "en", "pt-BR", "UTC",
			"Asia%2FTokyo", "5", "0", "-1", "101", "1e9", "NaN", "9999999999999999999999", "true", "null", "%00",
			"a%00b", "%0D%0AX-Injected%3A+y", "%ff%fe", "%ED%A0%80", "%F0%9F%98%80", "%ZZ", "%", "a%CC%81", "%E2%80%AE",
			"%C2%A0", "%27%3B+drop+table+users+--", "%3Cscript%3Ealert%281%29%3C%2Fscript%3E", "%24%7B7*7%7D",
			"%24%7Bjndi%3Aldap%3A%2F%2Fx%7D", "%23%7B7*7%7D", "__%24%7B7*7%7D__%3A%3Ax", "..%2F..%2Fetc%2Fpasswd",
			"http%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2Fprofile", "%7B%22a%22%3A1%7D",
			"%7B%22id%22%3A%22x%22%2C%22rawId%22%3A%22eA%22%2C%22type%22%3A%22public-key%22%2C%22response%22%3A%7B%7D%7D",
			"%5B%5B%5B%5B", "A".repeat(43), "1".repeat(2000), "a%CC%81".repeat(300));

	private static final List<String> TYPES = List.of(FORM, FORM + "; charset=utf-16", FORM + "; charset=none",
			"multipart/form-data", "multipart/form-data; boundary=b", "multipart/form-data; boundary=",
			"multipart/form-data; boundary=\"b", "multipart/form-data; boundary=" + "b".repeat(3000),
			"Multipart/Form-Data; Boundary=b", "multipart/mixed; boundary=b", "multipart/related", "multipart/",
			"application/json", "application/xml", "text/plain", "application/octet-stream",
			"application/x-java-serialized-object", "text/html; charset=\"", "*/*", "/", "x", "", ";", "a/b/c",
			"\u00ff/\u00fe");

	private static final List<String> ACCEPTS = List.of("text/html", "text/html", "*/*", "application/json",
			"application/json", "text/event-stream", "image/png", "application/xml", "x", "", "/", "*", "text/*;q=2",
			"text/html;q=a", "a/b".repeat(500), "text/html, ".repeat(200), "\u00ff");

	private static final List<String> OTHER_HEADERS = List.of("Cookie: JSESSIONID=../../x; SESSION=0123; JSESSIONID=y",
			"Cookie: XSRF-TOKEN=\u00ff; username=%ZZ", "Cookie: username=%00%ff; __Host-XSRF-TOKEN=x",
			"Cookie: =; ;;=\"", "Cookie: $Version=1; a=\"b", "Cookie: " + "a=b; ".repeat(800),
			"Cookie: a=" + "x".repeat(9000), "Cookie: XSRF-TOKEN=" + "x".repeat(6000), "X-XSRF-TOKEN: %00",
			"Authorization: Basic ::::", "Authorization: Basic YW5uOmFubg==", "Authorization: Bearer x",
			"X-Forwarded-For: x, 1.2.3.4, ::1%lo", "X-Forwarded-For: " + "1.2.3.4, ".repeat(500) + "::",
			"X-Forwarded-For: ", "X-Forwarded-For: [::1]:80", "X-Forwarded-Proto: gopher", "X-Forwarded-Proto: https",
			"X-Forwarded-Host: a:b:c", "X-Forwarded-Host: evil.example", "X-Forwarded-Port: x",
			"X-Forwarded-Port: 99999999999", "X-Forwarded-Prefix: /../..",
			"Forwarded: for=\"_x\";proto=https;host=\"a b\"", "Range: bytes=0-0", "Range: bytes=a-b",
			"Range: bytes=9999999999999999999-", "Range: bytes=" + "0-0,".repeat(300) + "1-1", "Range: bytes=5-1",
			"If-Range: x", "If-Modified-Since: x", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
			"If-None-Match: \"", "If-None-Match: " + "\"a\",".repeat(900), "If-Match: x", "If-Unmodified-Since: -1",
			"Origin: null", "Origin: http://[", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site",
			"Sec-Fetch-Site: ", "Sec-Purpose: prefetch", "Purpose: prefetch", "Content-Encoding: gzip",
			"Accept-Encoding: gzip;q=x, br, ,", "Accept-Encoding: gzip", "Accept-Language: pt-BR",
			"Accept-Language: x-" + "y".repeat(500), "Accept-Language: en;q=x, *;q=-1, \u00ff",
			"Accept-Language: " + "aa,".repeat(2000), "Accept-Charset: x;q=", "Expect: 100-continue", "Expect: x",
			"Upgrade: h2c", "Upgrade: websocket", "Connection: Upgrade, HTTP2-Settings", "Connection: close",
			"HTTP2-Settings: x", "TE: trailers", "X-HTTP-Method-Override: DELETE", "X-Requested-With: XMLHttpRequest",
			"Access-Control-Request-Method: POST", "Referer: \u00ff", "User-Agent: " + "x".repeat(3000),
			"Access-Control-Request-Headers: " + "x,".repeat(500), "Host: evil.example", "Host: a b", "Host: [",
			"Host: :99999", "A b: c", ": x", "no colon", " folded", "X: \u0000", "X: a\rb", "Content-Length: -1",
			"Content-Length: x", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked",
			"Transfer-Encoding: gzip, chunked", "Transfer-Encoding: x", "Transfer-Encoding: chunked, identity",
			IntStream.range(0, 150).mapToObj((i) -> "X-" + i + ": y").collect(Collectors.joining("\r\n")));

	private static final List<String> VERSIONS = List.of("HTTP/1.0", "HTTP/2.0", "HTTP/1.1 ", "HTTP/1.", "http/1.1",
			"X", "HTTP/1.1\u0000");

	private static final String PICTURE = new String(Pictures.jpeg(20, 10), StandardCharsets.ISO_8859_1);

	private final Random random;

	private final List<Endpoint> endpoints;

	HostileRequests(long seed, List<Endpoint> endpoints) {
		this.random = new Random(seed);
		this.endpoints = endpoints;
	}

	/**
	 * The next request.
	 * @param visitor whose cookies and CSRF token it has, mostly
	 * @param victim the name of another user, which is among the values
	 */
	Request next(Browser visitor, String victim) {
		Endpoint endpoint = any(this.endpoints);
		String method = rarely() ? any(METHODS) : endpoint.method();
		String version = seldom() ? any(VERSIONS) : "HTTP/1.1";
		List<String> headers = headers(visitor);
		boolean readsBody = !method.equals("GET") && !method.equals("HEAD");
		Body body = (readsBody || seldom()) ? body(endpoint, victim) : new Body("", "", "", true);
		if (!body.type.isEmpty() || rarely()) {
			headers.add("Content-Type: " + (rarely() ? any(TYPES) : body.type));
		}
		if (!body.length.isEmpty()) {
			headers.add(body.length);
		}
		String head = method + " " + target(endpoint, victim) + " " + version + "\r\n" + String.join("\r\n", headers)
				+ "\r\n\r\n";
		boolean clear = version.equals("HTTP/1.1")
				&& headers.stream().filter(HostileRequests::isLength).allMatch(body.length::equals);
		return new Request(head, body.content, body.whole && clear);
	}

	private static boolean isLength(String header) {
		return header.startsWith("Content-Length") || header.startsWith("Transfer-Encoding");
	}

	private String target(Endpoint endpoint, String victim) {
		if (seldom()) {
			return any(TARGETS);
		}
		String path = rarely() ? any(OTHER_PATHS) : endpoint.path();
		if (rarely()) {
			path += any(SUFFIXES);
		}
		else if (seldom()) {
			int place = this.random.nextInt(path.length());
			path = path.substring(0, place) + any(SUFFIXES) + path.substring(place);
		}
		return rarely() ? path + "?" + fields(endpoint, victim) : path;
	}

	private List<String> headers(Browser visitor) {
		List<String> headers = new ArrayList<>();
		if (!seldom()) {
			headers.add("Host: localhost");
		}
		headers.add("Accept: " + (rarely() ? any(ACCEPTS) : "text/html"));
		if (!rarely()) {
			headers.add("Cookie: " + visitor.cookieHeader());
			headers.add("X-XSRF-TOKEN: " + visitor.token());
		}
		while (rarely()) {
			headers.add(this.random.nextInt(headers.size() + 1), any(OTHER_HEADERS));
		}
		return headers;
	}

	private String fields(Endpoint endpoint, String victim) {
		List<String> fields = new ArrayList<>();
		for (String name : endpoint.fields()) {
			fields.add((rarely() ? name + any(NAME_SUFFIXES) : name) + (seldom() ? "" : "=" + value(victim)));
		}
		while (rarely()) {
			fields.add(any(NAMES) + "=" + value(victim));
		}
		if (seldom()) {
			fields.addAll(IntStream.range(0, 1500).mapToObj((i) -> "a" + i + "=").toList());
		}
		return String.join("&", fields);
	}

	private String value(String victim) {
		return rarely() ? victim : any(VALUES);
	}

	private Body body(Endpoint endpoint, String victim) {
		String form = fields(endpoint, victim);
		return switch (this.random.nextInt(12)) {
			case 0, 1, 2, 3 -> framed(FORM, form);
			case 4 -> framed(FORM, form + "&" + any(NAMES) + "=" + "1".repeat(this.random.nextInt(100_000)));
			case 5 -> framed(FORM, noise(this.random.nextInt(3000)));
			case 6 -> framed("application/json", "{\"" + form + "\": " + "[".repeat(this.random.nextInt(2000)));
			case 7 -> framed(any(TYPES), noise(this.random.nextInt(300)));
			case 8 -> framed("text/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>");
			default -> framed(rarely() ? any(TYPES) : "multipart/form-data; boundary=b", parts(endpoint));
		};
	}

	private String parts(Endpoint endpoint) {
		StringBuilder parts = new StringBuilder();
		List<String> names = new ArrayList<>(endpoint.fields());
		names.add("photo");
		while (rarely()) {
			names.add(any(NAMES));
		}
		for (String name : names) {
			String file = rarely() ? any(SUFFIXES) : "a.jpg";
			parts.append("--b\r\nContent-Disposition: ")
				.append(seldom() ? any(TYPES) : "form-data; name=\"" + name + (seldom() ? "\0" : "") + "\"")
				.append(seldom() ? "" : "; filename=\"" + file + "\"")
				.append(seldom() ? "; filename*=UTF-8''%ff%00" : "")
				.append(rarely() ? "\r\nContent-Type: " + any(TYPES) : "")
				.append(seldom() ? "\r\nContent-Transfer-Encoding: base64" : "")
				.append(seldom() ? "\r\n" + any(OTHER_HEADERS) : "")
				.append("\r\n\r\n")
				.append(rarely() ? noise(this.random.nextInt(2000)) : PICTURE)
				.append("\r\n");
		}
		parts.append("--b--\r\n");
		return rarely() ? parts.substring(0, this.random.nextInt(parts.length())) : parts.toString();
	}

	private Body framed(String type, String content) {
		int length = content.length();
		return switch (this.random.nextInt(12)) {
			case 0 -> new Body(type, "Content-Length: " + (length + 1 + this.random.nextInt(100_000)), content, false);
			case 1 -> new Body(type, "Content-Length: " + this.random.nextInt(length + 1), content, false);
			case 2 -> new Body(type, "Transfer-Encoding: chunked", chunked(content), true);
			case 3 -> new Body(type, "Transfer-Encoding: chunked",
					any(List.of("", "zz\r\nab", "-1\r\n", "ffffffffffffffff\r\n", "5\r\nab", "5;" + "x".repeat(9000),
							"3\r\nabcd\r\n0\r\n\r\n", "0\r\n", "0\r\nA: b\r\n", "0\r\n" + "A: b\r\n".repeat(2000))),
					false);
			case 4 -> new Body(type, "", content, false);
			default -> new Body(type, "Content-Length: " + length, content, true);
		};
	}

	private String chunked(String content) {
		StringBuilder chunks = new StringBuilder();
		for (int start = 0; start < content.length();) {
			int end = Math.min(content.length(), start + 1 + this.random.nextInt(5000));
			chunks.append(Integer.toHexString(end - start)).append("\r\n").append(content, start, end).append("\r\n");
			start = end;
		}
		return chunks.append("0\r\n\r\n").toString();
	}

	private String noise(int length) {
		byte[] noise = new byte[length];
		this.random.nextBytes(noise);
		return new String(noise, StandardCharsets.ISO_8859_1);
	}

	private <T> T any(List<T> things) {
		return things.get(this.random.nextInt(things.size()));
	}

	private boolean rarely() {
		return this.random.nextInt(6) == 0;
	}

	private boolean seldom() {
		return this.random.nextInt(25) == 0;
	}

	/**
	 * A request.
	 *
	 * @param head the request line and the headers
	 * @param body the body
	 * @param whole whether the body ends where the head says
	 */
	record Request(String head, String body, boolean whole) {

		byte[] bytes() {
			return (this.head + this.body).getBytes(StandardCharsets.ISO_8859_1);
		}

		/**
		 * The request in one line that can be printed.
		 */
		@Override
		public String toString() {
			String text = URLEncoder.encode(this.head + this.body, StandardCharsets.ISO_8859_1);
			return text.substring(0, Math.min(text.length(), 3000));
		}

	}

	private record Body(String type, String length, String content, boolean whole) {
	}

}
