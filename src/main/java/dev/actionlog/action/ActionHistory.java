package dev.actionlog.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.actionlog.text.Text;
import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;

/**
 * What the history fragment shows: the actions of the user who looks at the page, grouped
 * by day in the reader's zone and said in the reader's language. Asks the database when
 * it is first asked itself, and then no more.
 */
class ActionHistory {

	/** How long the newest action is marked as new. */
	private static final Duration NEW = Duration.ofMinutes(1);

	private final ActionService actions;

	private final String username;

	private final TextResolver texts;

	private final Locale locale;

	private final ZoneId zone;

	private final Clock clock;

	private @Nullable List<Day> days;

	private @Nullable Integer limit;

	ActionHistory(ActionService actions, String username, TextResolver texts, Locale locale, ZoneId zone, Clock clock) {
		this.actions = actions;
		this.username = username;
		this.texts = texts;
		this.locale = locale;
		this.zone = zone;
		this.clock = clock;
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
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), this.zone);
		Map<LocalDate, List<Entry>> days = new LinkedHashMap<>();
		for (Action action : this.actions.recentFor(this.username)) {
			Entry entry = entry(action, days.isEmpty());
			days.computeIfAbsent(LocalDate.ofInstant(action.getRecordedAt(), this.zone), (day) -> new ArrayList<>())
				.add(entry);
		}
		return days.entrySet()
			.stream()
			.map((day) -> new Day(day.getKey(), nearby(day.getKey(), today),
					this.texts.format("actionlog.history.day", day.getKey(), this.locale), day.getValue()))
			.toList();
	}

	private @Nullable String nearby(LocalDate date, LocalDate today) {
		if (date.equals(today)) {
			return words("today");
		}
		return date.equals(today.minusDays(1)) ? words("yesterday") : null;
	}

	public String getZone() {
		return this.zone.getId();
	}

	public Instant getNow() {
		return this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
	}

	public String words(String name, Object... args) {
		return this.texts.resolve("actionlog.history." + name, this.locale, args);
	}

	private Entry entry(Action action, boolean newest) {
		Text text = action.getText();
		Instant recordedAt = action.getRecordedAt();
		ZonedDateTime time = recordedAt.atZone(this.zone);
		// an hour that the clocks show twice is told with its offset
		boolean twice = this.zone.getRules().getValidOffsets(time.toLocalDateTime()).size() > 1;
		return new Entry(this.texts.isCode(text, this.locale) ? text.getMessage() : null,
				// HTML knows at most milliseconds
				recordedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
				this.texts.format("actionlog.history.time" + (twice ? ".twice" : ""), time, this.locale),
				this.texts.resolve(text, this.locale), text.getLink(),
				newest && recordedAt.isAfter(this.clock.instant().minus(NEW)));
	}

	/**
	 * The actions of a day.
	 *
	 * @param date the day, in the reader's zone
	 * @param nearby "Today" or "Yesterday" in the reader's words, or {@code null}
	 * @param label the date in the reader's words
	 * @param entries the actions, the newest first
	 */
	record Day(LocalDate date, @Nullable String nearby, String label, List<Entry> entries) {
	}

	/**
	 * An action in the reader's words.
	 *
	 * @param code the message code, or {@code null} for plain words
	 * @param datetime the time for machines
	 * @param time the time of the day for people
	 * @param text the words
	 * @param link the path that it links to, or {@code null}
	 * @param recent whether it is the newest and has just been recorded
	 */
	record Entry(@Nullable String code, String datetime, String time, String text, @Nullable String link,
			boolean recent) {
	}

}
