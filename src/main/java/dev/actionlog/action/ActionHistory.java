package dev.actionlog.action;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.actionlog.text.Text;
import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;

/**
 * What the history fragment shows: the actions of the user who looks at the page, grouped
 * by day in the reader's zone and said in the reader's language. Asks the database when
 * it is first asked itself, and then no more.
 */
class ActionHistory {

	private final ActionService actions;

	private final String username;

	private final TextResolver texts;

	private final Locale locale;

	private final ZoneId zone;

	private @Nullable List<Day> days;

	private @Nullable Integer limit;

	ActionHistory(ActionService actions, String username, TextResolver texts, Locale locale, ZoneId zone) {
		this.actions = actions;
		this.username = username;
		this.texts = texts;
		this.locale = locale;
		this.zone = zone;
	}

	public List<Day> getDays() {
		if (this.days == null) {
			this.days = load();
		}
		return this.days;
	}

	public int getLimit() {
		if (this.limit == null) {
			this.limit = this.actions.limitFor(this.username);
		}
		return this.limit;
	}

	private List<Day> load() {
		return this.actions.recentFor(this.username)
			.stream()
			.collect(Collectors.groupingBy((action) -> LocalDate.ofInstant(action.getRecordedAt(), this.zone),
					LinkedHashMap::new, Collectors.mapping(this::entry, Collectors.toList())))
			.entrySet()
			.stream()
			.map((day) -> new Day(day.getKey(), this.texts.format("actionlog.history.day", day.getKey(), this.locale),
					day.getValue()))
			.toList();
	}

	public String words(String name, Object... args) {
		return this.texts.resolve("actionlog.history." + name, this.locale, args);
	}

	private Entry entry(Action action) {
		Text text = action.getText();
		ZonedDateTime time = action.getRecordedAt().atZone(this.zone);
		return new Entry(this.texts.isCode(text, this.locale) ? text.getMessage() : null,
				// HTML knows at most milliseconds
				action.getRecordedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
				this.texts.format("actionlog.history.time", time, this.locale), this.texts.resolve(text, this.locale),
				text.getLink());
	}

	record Day(LocalDate date, String label, List<Entry> entries) {
	}

	record Entry(@Nullable String code, String datetime, String time, String text, @Nullable String link) {
	}

}
