package dev.actionlog.app.admin;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.actionlog.app.account.Account;
import dev.actionlog.flash.AnnouncementDraft;
import dev.actionlog.flash.FlashDraft;
import dev.actionlog.flash.FlashLevel;
import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.validation.Errors;

/**
 * Makes a draft of what was typed, or says what is wrong with it. The length of each
 * field is looked at before anything else of it.
 */
@Component
class AnnouncementDrafts {

	/** The levels that a message can have, in the order of their importance. */
	static final List<FlashLevel> LEVELS = List.of(FlashLevel.INFO, FlashLevel.SUCCESS, FlashLevel.WARNING,
			FlashLevel.ERROR);

	/** Of a second language; all others see the English words. */
	static final Locale PORTUGUESE = Locale.forLanguageTag("pt");

	/** Of a time as browsers send it, with seconds. */
	private static final int MAX_TIME_LENGTH = 23;

	/** How many wrong names are told, and how many others for each. */
	private static final int MAX_NAMES = 3;

	private static final Pattern VISIBLE = Pattern.compile(Account.VISIBLE);

	private static final Pattern USERNAME = Pattern.compile("[a-z0-9._-]{1," + Usernames.MAX_LENGTH + "}");

	private final Usernames usernames;

	private final Clock clock;

	AnnouncementDrafts(Usernames usernames, ObjectProvider<Clock> clock) {
		this.usernames = usernames;
		this.clock = clock.getIfUnique(Clock::systemUTC);
	}

	/**
	 * Makes a draft.
	 * @param form what was typed
	 * @param zone the zone of the times
	 * @param errors gets what is wrong
	 * @return the draft, or empty if there are errors
	 */
	Optional<AnnouncementDraft> read(AnnouncementForm form, ZoneId zone, Errors errors) {
		FlashLevel level = level(form, errors);
		Text text = text(form, errors);
		checkWords("portuguese", form.portuguese(), errors);
		Instant from = time("from", form.from(), zone, errors);
		Instant until = time("until", form.until(), zone, errors);
		checkTimes(from, until, errors);
		Set<String> recipients = recipients(form, errors);
		if (errors.hasErrors() || text == null) {
			return Optional.empty();
		}
		AnnouncementDraft draft = AnnouncementDraft.of(FlashDraft.of(level, text));
		if (!form.portuguese().isEmpty()) {
			draft = draft.translated(PORTUGUESE, form.portuguese());
		}
		if (from != null) {
			draft = draft.from(from);
		}
		if (until != null) {
			draft = draft.until(until);
		}
		return Optional.of(form.isForAll() ? draft : draft.to(recipients));
	}

	private static FlashLevel level(AnnouncementForm form, Errors errors) {
		Optional<FlashLevel> level = LEVELS.stream().filter((it) -> it.toString().equals(form.level())).findFirst();
		if (level.isEmpty()) {
			errors.rejectValue("level", "admin.level.unknown");
		}
		return level.orElse(FlashLevel.INFO);
	}

	private static @Nullable Text text(AnnouncementForm form, Errors errors) {
		if (form.words().isEmpty()) {
			errors.rejectValue("words", "admin.words.blank");
		}
		boolean said = checkWords("words", form.words(), errors) && !form.words().isEmpty();
		try {
			Text text = Text.of(said ? form.words() : "…");
			text = form.link().isEmpty() ? text : text.link(form.link());
			return said ? text : null;
		}
		catch (IllegalArgumentException ex) {
			errors.rejectValue("link", "admin.link.path");
			return null;
		}
	}

	private static boolean checkWords(String field, String words, Errors errors) {
		if (words.length() > FlashDraft.MAX_MESSAGE_LENGTH) {
			errors.rejectValue(field, "admin.words.length");
		}
		else if (!words.isEmpty() && !VISIBLE.matcher(words).matches()) {
			errors.rejectValue(field, "admin.words.blank");
		}
		return !errors.hasFieldErrors(field);
	}

	private static @Nullable Instant time(String field, String typed, ZoneId zone, Errors errors) {
		if (typed.isEmpty()) {
			return null;
		}
		try {
			if (typed.length() <= MAX_TIME_LENGTH) {
				return LocalDateTime.parse(typed.replace(' ', 'T')).atZone(zone).toInstant();
			}
		}
		catch (DateTimeException ex) {
			// told below
		}
		errors.rejectValue(field, "admin.time.format");
		return null;
	}

	private void checkTimes(@Nullable Instant from, @Nullable Instant until, Errors errors) {
		Instant now = this.clock.instant();
		Instant last = now.plus(FlashDraft.MAX_EXPIRY);
		if (from != null && from.isAfter(last)) {
			errors.rejectValue("from", "admin.time.far");
		}
		if (until == null) {
			return;
		}
		if (until.isAfter(last)) {
			errors.rejectValue("until", "admin.time.far");
		}
		else if (!until.isAfter(now)) {
			errors.rejectValue("until", "admin.until.past");
		}
		else if (from != null && !until.isAfter(from)) {
			errors.rejectValue("until", "admin.until.before");
		}
	}

	private Set<String> recipients(AnnouncementForm form, Errors errors) {
		if (form.recipients().length() > AnnouncementForm.MAX_RECIPIENTS_LENGTH) {
			errors.rejectValue("recipients", "admin.recipients.length");
			return Set.of();
		}
		Set<String> names = new LinkedHashSet<>(Arrays.asList(form.recipients().split("[\\s,;]+")));
		names.remove("");
		if (form.isForAll()) {
			if (!names.isEmpty()) {
				errors.rejectValue("audience", "admin.audience.both");
			}
		}
		else if (!form.audience().equals(AnnouncementForm.NAMED)) {
			errors.rejectValue("audience", "admin.audience.unknown");
		}
		else if (names.isEmpty()) {
			errors.rejectValue("recipients", "admin.recipients.none");
		}
		else {
			checkNames(names, errors);
		}
		return names;
	}

	private void checkNames(Collection<String> names, Errors errors) {
		List<String> possible = names.stream().filter((name) -> USERNAME.matcher(name).matches()).toList();
		Set<String> existing = this.usernames.existing(possible);
		List<String> unknown = names.stream().filter((name) -> !existing.contains(name)).toList();
		if (unknown.isEmpty()) {
			return;
		}
		List<String> told = unknown.stream().limit(MAX_NAMES).toList();
		Set<String> similar = told.stream()
			.filter(possible::contains)
			.flatMap((name) -> this.usernames.similar(name, MAX_NAMES).stream())
			.collect(Collectors.toCollection(LinkedHashSet::new));
		List<Object> args = new ArrayList<>(List.of(unknown.size() - told.size(),
				told.stream()
					.map((name) -> (name.length() <= Usernames.MAX_LENGTH) ? name
							: name.substring(0, Usernames.MAX_LENGTH) + "…")
					.collect(Collectors.joining(", "))));
		args.add(String.join(", ", similar));
		errors.rejectValue("recipients",
				similar.isEmpty() ? "admin.recipients.unknown" : "admin.recipients.unknown.similar", args.toArray(),
				null);
	}

}
