package dev.actionlog.app.admin;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Repository of the names of all users. They are in lower case.
 */
@Repository
class Usernames {

	/** The longest name. */
	static final int MAX_LENGTH = 32;

	/** What a name can consist of. */
	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789._-";

	private final JdbcClient jdbc;

	Usernames(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	long count() {
		return this.jdbc.sql("select count(*) from account").query(Long.class).single();
	}

	/**
	 * Those of some names that users have.
	 * @param names at most 10,000
	 */
	Set<String> existing(Collection<String> names) {
		return find("select username from account where username in (:names) order by username", names);
	}

	/**
	 * Those of some names that users have, whose accounts stay as they are until the
	 * transaction ends.
	 * @param names at most 10,000
	 */
	Set<String> lock(Collection<String> names) {
		return find("select username from account where username in (:names) order by username for update", names);
	}

	private Set<String> find(String sql, Collection<String> names) {
		return names.isEmpty() ? Set.of() : new LinkedHashSet<>(
				this.jdbc.sql(sql).param("names", names).query((row, number) -> row.getString("username")).list());
	}

	/**
	 * The first names, in order, with a beginning.
	 */
	List<String> beginningWith(String beginning, int limit) {
		return this.jdbc.sql("select username from account where username like ? escape '!' order by username limit ?")
			.params(beginning.replaceAll("[!_%]", "!$0") + "%", limit)
			.query((row, number) -> row.getString("username"))
			.list();
	}

	/**
	 * Names that somebody may have meant: those that differ in one character or in the
	 * order of two, which are found by their keys however many users there are, and those
	 * that go on.
	 * @param name a name of at most {@value #MAX_LENGTH} characters
	 */
	List<String> similar(String name, int limit) {
		Set<String> similar = new LinkedHashSet<>(existing(variants(name)));
		if (similar.size() < limit) {
			similar.addAll(beginningWith(name, limit));
		}
		return similar.stream().limit(limit).toList();
	}

	private static Set<String> variants(String name) {
		Set<String> variants = new TreeSet<>();
		for (int i = 0; i <= name.length(); i++) {
			String before = name.substring(0, i);
			String after = name.substring(i);
			for (int j = 0; j < ALPHABET.length(); j++) {
				char ch = ALPHABET.charAt(j);
				variants.add(before + ch + after);
				if (!after.isEmpty()) {
					variants.add(before + ch + after.substring(1));
				}
			}
			if (!after.isEmpty()) {
				variants.add(before + after.substring(1));
			}
			if (after.length() > 1) {
				variants.add(before + after.charAt(1) + after.charAt(0) + after.substring(2));
			}
		}
		return variants;
	}

}
