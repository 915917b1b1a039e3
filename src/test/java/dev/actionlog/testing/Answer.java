package dev.actionlog.testing;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * A response of the application.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record Answer(int status, HttpHeaders headers, byte[] body) {

	private static final Pattern TITLE = Pattern.compile("<h1[^>]*>([^<]*)</h1>");

	private static final Pattern ERROR = Pattern.compile("<\\w+ class=\"error\"[^>]*>([^<]*)<");

	private static final Pattern MESSAGE = Pattern
		.compile("data-level=\"[^\"]*\">.*?<(?:a|span) dir=\"auto\"[^>]*>([^<]*)<", Pattern.DOTALL);

	private static final Pattern MESSAGES = Pattern.compile("<section id=\"flash-messages\".*?</section>",
			Pattern.DOTALL);

	private static final Pattern RECOVERY_CODE = Pattern
		.compile("<code[^>]*>([0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){6})</code>");

	private static final Pattern ACTION = Pattern
		.compile("<time datetime=\"[^\"]*Z\">[^<]*</time> <(?:a|span) dir=\"auto\"[^>]*>([^<]*)<");

	/**
	 * The body as text.
	 * @return the text
	 */
	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * A header.
	 * @param name the header's name
	 * @return its first value, or an empty text
	 */
	public String header(String name) {
		return this.headers.firstValue(name).orElse("");
	}

	/**
	 * Where a redirect leads.
	 * @return the path with its query, or an empty text
	 */
	public String location() {
		URI location = URI.create(header("Location"));
		return (location.getQuery() != null) ? location.getPath() + "?" + location.getQuery() : location.getPath();
	}

	/**
	 * The page's heading.
	 * @return the words
	 */
	public String title() {
		return String.join("|", find(TITLE));
	}

	/**
	 * The errors that the page shows.
	 * @return the words, in the page's order
	 */
	public List<String> errors() {
		return find(ERROR);
	}

	/**
	 * The flash messages that the page shows, and those that the reader opens.
	 * @return the words, in the order in which they were left
	 */
	public List<String> messages() {
		Matcher section = MESSAGES.matcher(text());
		return find(MESSAGE, section.find() ? section.group() : text());
	}

	/**
	 * The messages that the page shows as samples, without those of the visitor.
	 * @return the words, in the page's order
	 */
	public List<String> samples() {
		return find(MESSAGE, MESSAGES.matcher(text()).replaceAll(""));
	}

	/**
	 * The recent actions that the page shows, and those that the reader opens. The same
	 * several times in a row is one.
	 * @return the words, the newest first
	 */
	public List<String> actions() {
		return find(ACTION);
	}

	/**
	 * The recovery code that the page shows, whose groups are elements.
	 * @return seven groups of four letters and digits with hyphens between them
	 */
	public String recoveryCode() {
		Matcher code = RECOVERY_CODE.matcher(text().replaceAll("</?span>", ""));
		if (!code.find()) {
			throw new AssertionError("There is no recovery code: " + this);
		}
		return code.group(1);
	}

	private List<String> find(Pattern pattern) {
		return find(pattern, text());
	}

	private static List<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((match) -> HtmlUtils.htmlUnescape(match.group(1))).toList();
	}

	@Override
	public String toString() {
		return this.status + " " + header("Location") + "\n" + text();
	}

}
