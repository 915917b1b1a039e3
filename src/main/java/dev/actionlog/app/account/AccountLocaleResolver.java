package dev.actionlog.app.account;

import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.LocaleContextResolver;

/**
 * Resolver of the language and the time zone: those of the account, else the first
 * language of the browser that the application has, and the server's zone.
 */
@Component("localeResolver")
class AccountLocaleResolver implements LocaleContextResolver {

	/** The languages of the application, the first by default. */
	static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.forLanguageTag("pt-BR"));

	/**
	 * What a language calls itself.
	 */
	static String nameOf(Locale language) {
		return StringUtils.capitalize(language.getDisplayName(language));
	}

	@Override
	public LocaleContext resolveLocaleContext(HttpServletRequest request) {
		return (request.getAttribute(AccountFilter.ATTRIBUTE) instanceof Account account)
				? new SimpleTimeZoneAwareLocaleContext(account.getLanguage(),
						TimeZone.getTimeZone(account.getTimeZone()))
				: new SimpleTimeZoneAwareLocaleContext(browserLanguage(request),
						TimeZone.getTimeZone(ZoneId.systemDefault()));
	}

	private static Locale browserLanguage(HttpServletRequest request) {
		return Collections.list(request.getLocales())
			.stream()
			.flatMap((wanted) -> LANGUAGES.stream()
				.filter((spoken) -> spoken.getLanguage().equals(wanted.getLanguage())))
			.findFirst()
			.orElse(LANGUAGES.get(0));
	}

	@Override
	public Locale resolveLocale(HttpServletRequest request) {
		Locale locale = resolveLocaleContext(request).getLocale();
		return (locale != null) ? locale : LANGUAGES.get(0);
	}

	@Override
	public void setLocaleContext(HttpServletRequest request, @Nullable HttpServletResponse response,
			@Nullable LocaleContext context) {
		throw new UnsupportedOperationException("The language is changed in the account's settings");
	}

	@Override
	public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
		setLocaleContext(request, response, null);
	}

}
