package dev.actionlog.action;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.actionlog.action.ActionHistory.Day;
import dev.actionlog.action.ActionHistory.Entry;
import dev.actionlog.text.Text;
import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;

/**
 * Makes a history for one reader of actions: groups them by day, and says days, times and
 * actions in the reader's words.
 *
 * @param now the present time
 * @param hrefs makes an address of a path below the context path
 */
record HistoryBuilder(TextResolver texts, Locale locale, ZoneId zone, Instant now, UnaryOperator<String> hrefs) {

	/** How long the newest action is marked as new. */
	private static final Duration NEW = Duration.ofMinutes(1);

	/**
	 * The history of some actions.
	 * @param actions the actions, the newest first
	 * @param keep how many are kept
	 */
	ActionHistory of(List<Action> actions, int keep) {
		List<String> notes = actions.isEmpty() ? List.of(words("empty", keep))
				: List.of(words("kept", keep), words("zone", this.zone.getId()));
		List<Day> days = days(actions);
		int older = actions.size() - ActionHistory.atOnce(days);
		return new ActionHistory(words("title"), days, notes, (older > 0) ? words("more", older) : null, keep,
				this.zone, this.now.truncatedTo(ChronoUnit.SECONDS));
	}

	private List<Day> days(List<Action> actions) {
		Function<TemporalAccessor, String> date = this.texts.formatter("actionlog.history.day", this.locale);
		Function<TemporalAccessor, String> once = this.texts.formatter("actionlog.history.time", this.locale);
		Function<TemporalAccessor, String> twice = this.texts.formatter("actionlog.history.time.twice", this.locale);
		Map<LocalDate, List<Entry>> days = new LinkedHashMap<>();
		for (Action action : actions) {
			ZonedDateTime time = action.getRecordedAt().atZone(this.zone);
			// an hour that the clocks show twice is shown with its offset
			boolean ambiguous = this.zone.getRules().getValidOffsets(time.toLocalDateTime()).size() > 1;
			Entry entry = entry(action, (ambiguous ? twice : once).apply(time), days.isEmpty());
			days.computeIfAbsent(time.toLocalDate(), (day) -> new ArrayList<>()).add(entry);
		}
		LocalDate today = LocalDate.ofInstant(this.now, this.zone);
		return days.entrySet()
			.stream()
			.map((day) -> new Day(day.getKey(), nearby(day.getKey(), today), date.apply(day.getKey()),
					List.copyOf(day.getValue())))
			.toList();
	}

	private Entry entry(Action action, String time, boolean newest) {
		Text text = action.getText();
		TextResolver.Words words = this.texts.words(text, this.locale, this.zone);
		Instant recordedAt = action.getRecordedAt();
		return new Entry(recordedAt.truncatedTo(ChronoUnit.MILLIS), time, words.code() ? text.getMessage() : null,
				words.words(), (text.getLink() != null) ? this.hrefs.apply(text.getLink()) : null,
				(newest && recordedAt.isAfter(this.now.minus(NEW))) ? words("new") : null);
	}

	private @Nullable String nearby(LocalDate date, LocalDate today) {
		if (date.equals(today)) {
			return words("today");
		}
		return date.equals(today.minusDays(1)) ? words("yesterday") : null;
	}

	private String words(String name, Object... args) {
		return this.texts.resolve("actionlog.history." + name, this.locale, args);
	}

}
