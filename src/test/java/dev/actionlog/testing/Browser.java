package dev.actionlog.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A simple browser: it keeps cookies, sends forms with their CSRF token, and leaves
 * redirects to the test.
 */
public final class Browser {

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final String BOUNDARY = "----a-boundary";

	private final String server;

	private final Map<String, String> cookies = new TreeMap<>();

	private final Map<String, String> headers = new TreeMap<>(
			Map.of("Accept", "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language", "en"));

	private @Nullable String token;

	/**
	 * A browser without cookies.
	 * @param port the port of a server on this machine
	 */
	public Browser(int port) {
		this.server = "http://127.0.0.1:" + port;
	}

	/**
	 * Sends a header from now on.
	 * @param name the header's name
	 * @param value its value
	 * @return this browser
	 */
	public Browser with(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * The names of the cookies that this browser has.
	 * @return the names, sorted
	 */
	public List<String> cookies() {
		return List.copyOf(this.cookies.keySet());
	}

	/**
	 * The cookies, for a test that writes a request itself.
	 * @return the value of the header {@code Cookie}
	 */
	public String cookieHeader() {
		return this.cookies.entrySet()
			.stream()
			.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
			.collect(Collectors.joining("; "));
	}

	/**
	 * Opens a page.
	 * @param path the path with its query
	 * @param headers names and values in turn, in place of those that it always sends
	 * @return the answer
	 */
	public Answer get(String path, String... headers) {
		return send("GET", path, BodyPublishers.noBody(), "", headers);
	}

	/**
	 * Asks for the headers of a page.
	 * @param path the path with its query
	 * @return the answer
	 */
	public Answer head(String path) {
		return send("HEAD", path, BodyPublishers.noBody(), "");
	}

	/**
	 * Follows redirects to the page at their end.
	 * @param answer an answer that may be a redirect
	 * @return the first answer that is none
	 */
	public Answer follow(Answer answer) {
		Answer last = answer;
		for (int i = 0; i < 20 && !last.header("Location").isEmpty(); i++) {
			URI location = URI.create(last.header("Location"));
			last = get(location.getRawPath() + ((location.getRawQuery() != null) ? "?" + location.getRawQuery() : ""));
		}
		return last;
	}

	/**
	 * Sends a form.
	 * @param path the path with its query
	 * @param fields names and values in turn
	 * @return the answer
	 */
	public Answer post(String path, String... fields) {
		String known = token();
		List<String> all = new ArrayList<>(List.of(fields));
		all.add("_csrf");
		all.add(known);
		return postWithoutToken(path, all.toArray(String[]::new));
	}

	/**
	 * Sends a form without its CSRF token.
	 * @param path the path with its query
	 * @param fields names and values in turn
	 * @return the answer
	 */
	public Answer postWithoutToken(String path, String... fields) {
		List<String> pairs = new ArrayList<>();
		for (int i = 0; i < fields.length; i += 2) {
			pairs.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
		}
		return send("POST", path, BodyPublishers.ofString(String.join("&", pairs)),
				"application/x-www-form-urlencoded");
	}

	/**
	 * Sends a form with files.
	 * @param path the path with its query
	 * @param files the files by the names of their fields
	 * @return the answer
	 */
	public Answer upload(String path, Map<String, byte[]> files) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		part(body, "_csrf", "", token().getBytes(StandardCharsets.UTF_8));
		files.forEach((field, file) -> part(body, field, "; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg", file));
		body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
		return send("POST", path, BodyPublishers.ofByteArray(body.toByteArray()),
				"multipart/form-data; boundary=" + BOUNDARY);
	}

	private static void part(ByteArrayOutputStream body, String field, String more, byte[] content) {
		body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n".formatted(BOUNDARY, field, more)
			.getBytes(StandardCharsets.UTF_8));
		body.writeBytes(content);
		body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Sends a request of any method, with a CSRF token.
	 * @param method the HTTP method
	 * @param path the path with its query
	 * @return the answer
	 */
	public Answer send(String method, String path) {
		with("X-XSRF-TOKEN", token());
		Answer answer = send(method, path, BodyPublishers.noBody(), "");
		this.headers.remove("X-XSRF-TOKEN");
		return answer;
	}

	/**
	 * The CSRF token of the last form, for a test that writes a request itself.
	 * @return the token
	 */
	public String token() {
		if (this.token == null) {
			Answer page = get("/sign-up");
			if (page.status() != 200) {
				// a page that leaves the messages for the test
				get(page.location(), "Sec-Purpose", "prefetch");
			}
		}
		if (this.token == null) {
			throw new IllegalStateException("There is no form with a token");
		}
		return this.token;
	}

	/**
	 * Sends a request as it is.
	 * @param method the HTTP method
	 * @param path the path with its query
	 * @param body the body
	 * @param contentType the type of the body, or an empty text
	 * @param headers names and values in turn, in place of those that it always sends
	 * @return the answer
	 */
	public Answer send(String method, String path, BodyPublisher body, String contentType, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.server + path)).method(method, body);
		this.headers.forEach(request::header);
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		if (!contentType.isEmpty()) {
			request.header("Content-Type", contentType);
		}
		if (!this.cookies.isEmpty()) {
			request.header("Cookie", cookieHeader());
		}
		try {
			HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
			Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
			remember(answer);
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void remember(Answer answer) {
		for (String header : answer.headers().allValues("Set-Cookie")) {
			HttpCookie cookie = HttpCookie.parse(header).get(0);
			if (cookie.getName().endsWith("XSRF-TOKEN")) {
				this.token = null;
			}
			if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
				this.cookies.remove(cookie.getName());
			}
			else {
				this.cookies.put(cookie.getName(), cookie.getValue());
			}
		}
		Matcher form = TOKEN.matcher(answer.text());
		if (form.find()) {
			this.token = form.group(1);
		}
	}

}
