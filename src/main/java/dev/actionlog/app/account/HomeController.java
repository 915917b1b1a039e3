package dev.actionlog.app.account;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import dev.actionlog.action.ActionHistory.Day;
import dev.actionlog.action.ActionHistory.Entry;
import dev.actionlog.flash.FlashDraft;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.flash.ShownMessage;
import dev.actionlog.text.Text;
import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * Endpoint of the start page, with samples of recent actions and of messages, which look
 * as they do on other pages.
 */
@Controller
class HomeController {

	private static final List<FlashLevel> LEVELS = List.of(FlashLevel.SUCCESS, FlashLevel.INFO, FlashLevel.WARNING,
			FlashLevel.ERROR, FlashLevel.DEBUG);

	private final FlashMessages flash;

	private final TextResolver texts;

	private final Clock clock;

	HomeController(FlashMessages flash, TextResolver texts, ObjectProvider<Clock> clock) {
		this.flash = flash;
		this.texts = texts;
		this.clock = clock.getIfUnique(Clock::systemUTC);
	}

	@GetMapping("/")
	String home(@RequestAttribute(required = false) @Nullable Account account, Locale locale, ZoneId zone,
			Model model) {
		if (account != null) {
			return "redirect:/profile";
		}
		model.addAttribute("day", day(locale, zone));
		model.addAttribute("samples", LEVELS.stream().map((level) -> message(level, locale)).toList());
		return "home";
	}

	private Day day(Locale locale, ZoneId zone) {
		ZonedDateTime now = this.clock.instant().truncatedTo(ChronoUnit.MINUTES).atZone(zone);
		ZonedDateTime morning = now.truncatedTo(ChronoUnit.DAYS);
		String mark = this.texts.resolve("actionlog.history.new", locale);
		return new Day(now.toLocalDate(), this.texts.resolve("actionlog.history.today", locale),
				this.texts.formatter("actionlog.history.day", locale).apply(now),
				List.of(entry(Text.of("photo.changed"), now, mark, locale),
						entry(Text.of("name.changed", "Ann Almeida"), later(now.minusMinutes(2), morning), null,
								locale),
						entry(Text.of("passkey.added", "Laptop"), later(now.minusMinutes(12), morning), null, locale),
						entry(Text.of("password.changed"), later(now.minusMinutes(40), morning), null, locale)));
	}

	private static ZonedDateTime later(ZonedDateTime one, ZonedDateTime other) {
		return one.isAfter(other) ? one : other;
	}

	private Entry entry(Text text, ZonedDateTime time, @Nullable String mark, Locale locale) {
		return new Entry(Instant.from(time), this.texts.formatter("actionlog.history.time", locale).apply(time),
				text.getMessage(), this.texts.resolve(text, locale), null, mark);
	}

	private ShownMessage message(FlashLevel level, Locale locale) {
		return this.flash.preview(FlashDraft.of(level, Text.of("home.sample." + level)), locale);
	}

}
