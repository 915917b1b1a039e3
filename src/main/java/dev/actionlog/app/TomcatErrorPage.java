package dev.actionlog.app;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Error page of the server itself, for requests that it does not give to the application,
 * because it cannot read them or too many wait. It is plain, and has the security headers
 * of the application's pages, with a policy that loads nothing.
 */
class TomcatErrorPage extends ErrorReportValve {

	private static final Set<Integer> EXPLAINED = Set.of(500, 503);

	private final MessageSource messages;

	private final LocaleResolver locales;

	TomcatErrorPage(MessageSource messages, LocaleResolver locales) {
		this.messages = messages;
		this.locales = locales;
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		int status = response.getStatus();
		if (status < HttpServletResponse.SC_BAD_REQUEST || response.getContentWritten() > 0
				|| !response.setErrorReported()) {
			return;
		}
		Locale locale = this.locales.resolveLocale(request);
		String reason = EXPLAINED.contains(status) ? String.valueOf(status) : "400";
		String title = this.messages.getMessage("error." + reason + ".title", null, locale);
		String text = this.messages.getMessage("error." + reason + ".text", null, locale);
		response.setContentType(MediaType.TEXT_HTML_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("Content-Security-Policy",
				"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("X-Frame-Options", "DENY");
		response.setHeader("Referrer-Policy", "same-origin");
		response.setHeader("Permissions-Policy",
				"camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()");
		response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
		response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
		if (request.isSecure()) {
			response.setHeader("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
		}
		try {
			Writer page = response.getReporter();
			if (page != null) {
				page.write("""
						<!DOCTYPE html>
						<html lang="%s">
						<head>
						<meta name="viewport" content="width=device-width, initial-scale=1">
						<meta name="color-scheme" content="light dark">
						<title>%2$s – actionlog</title>
						</head>
						<body>
						<h1>%2$s</h1>
						<p>%3$s</p>
						</body>
						</html>
						""".formatted(locale.toLanguageTag(), title, text));
				response.finishResponse();
			}
		}
		catch (IOException ex) {
			// nobody is there to read it
		}
	}

}
