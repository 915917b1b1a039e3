package dev.actionlog.flash;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.actionlog.text.Text;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The words of an announcement in further languages: which of them a reader gets, and how
 * they are stored as one column: for each language its tag and the words, each with its
 * end.
 */
final class Translations {

	/** The most languages that an announcement has words in, beside its own text. */
	static final int MAX_LANGUAGES = 7;

	static final int MAX_COLUMN_LENGTH = 8000;

	private static final int MAX_TAG_LENGTH = 35;

	/** The unit separator of ASCII, which stands in no words. */
	private static final String END = "\u001f";

	private Translations() {
	}

	/**
	 * Checks words, and cuts them as the text of a message.
	 * @throws IllegalArgumentException if they are blank, or there are too many languages
	 */
	static Map<Locale, String> checked(Map<Locale, String> words) {
		Assert.isTrue(words.size() <= MAX_LANGUAGES,
				() -> "An announcement has words in at most " + MAX_LANGUAGES + " further languages");
		Map<Locale, String> checked = new HashMap<>();
		words.forEach((language, text) -> {
			Assert.isTrue(language.toLanguageTag().length() <= MAX_TAG_LENGTH,
					() -> "The tag of a language has at most " + MAX_TAG_LENGTH + " characters");
			checked.put(language, Text.of(text.replace(END, "")).limitedTo(FlashDraft.MAX_MESSAGE_LENGTH).getMessage());
		});
		return Map.copyOf(checked);
	}

	static String column(Map<Locale, String> words) {
		return words.entrySet()
			.stream()
			.map((entry) -> entry.getKey().toLanguageTag() + END + entry.getValue() + END)
			.sorted()
			.collect(Collectors.joining());
	}

	static Map<Locale, String> read(String column) {
		String[] parts = StringUtils.delimitedListToStringArray(column, END);
		Map<Locale, String> words = new LinkedHashMap<>();
		for (int part = 0; part + 1 < parts.length; part += 2) {
			words.put(Locale.forLanguageTag(parts[part]), parts[part + 1]);
		}
		return words;
	}

	/**
	 * The words for a reader: in the reader's variant of a language, else in the
	 * language.
	 * @return the words, or {@code null} if there are none in the language
	 */
	static @Nullable String find(Map<Locale, String> words, Locale reader) {
		String exact = words.get(reader);
		return (exact != null) ? exact : words.get(Locale.forLanguageTag(reader.getLanguage()));
	}

}
