package dev.actionlog.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.actionlog.text.Text;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for a list of texts. Each comes in two forms: with message codes (or plain
 * words), and with whole texts, where arguments and links count too.
 */
public final class TextsAssert extends AbstractAssert<TextsAssert, List<Text>> {

	private final String what;

	TextsAssert(List<Text> actual, String what) {
		super(actual, TextsAssert.class);
		this.what = what;
	}

	/**
	 * These messages, no others, in this order.
	 * @param messages the message codes, or the plain words
	 * @return this
	 */
	public TextsAssert containsExactly(String... messages) {
		return hasInOrder(messages(), List.of(messages));
	}

	/**
	 * These texts, no others, in this order.
	 * @param texts the texts
	 * @return this
	 */
	public TextsAssert containsExactly(Text... texts) {
		return hasInOrder(this.actual, List.of(texts));
	}

	/**
	 * These messages, no others, in whatever order.
	 * @param messages the message codes, or the plain words
	 * @return this
	 */
	public TextsAssert containsExactlyInAnyOrder(String... messages) {
		return hasInAnyOrder(messages(), List.of(messages));
	}

	/**
	 * These texts, no others, in whatever order.
	 * @param texts the texts
	 * @return this
	 */
	public TextsAssert containsExactlyInAnyOrder(Text... texts) {
		return hasInAnyOrder(this.actual, List.of(texts));
	}

	/**
	 * Nothing.
	 * @return this
	 */
	public TextsAssert isEmpty() {
		return hasInOrder(this.actual, List.of());
	}

	private List<String> messages() {
		return this.actual.stream().map(Text::getMessage).toList();
	}

	private <T> TextsAssert hasInOrder(List<T> found, List<T> expected) {
		return check(found.equals(expected), found, expected, "exactly, in this order");
	}

	private <T> TextsAssert hasInAnyOrder(List<T> found, List<T> expected) {
		Collection<T> others = new ArrayList<>(found);
		boolean all = expected.stream().allMatch(others::remove);
		return check(all && others.isEmpty(), found, expected, "exactly, in any order");
	}

	private TextsAssert check(boolean holds, List<?> found, List<?> expected, String how) {
		if (!holds) {
			throw failureWithActualExpected(found, expected, "%nThe %s are%n  %s%nbut should be %s%n  %s", this.what,
					found, how, expected);
		}
		return this;
	}

}
