package dev.actionlog.live;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OwnNews}.
 */
class OwnNewsTests {

	private final OwnNews news = new OwnNews(true);

	@Test
	void userWaitsForAWholeTurn() {
		this.news.add("ann");
		assertThat(this.news.turn()).isEmpty();
		this.news.add("bob");
		assertThat(this.news.turn()).containsExactly("ann");
		assertThat(this.news.turn()).containsExactly("bob");
		assertThat(this.news.isEmpty()).isTrue();
	}

	@Test
	void anotherRequestBeginsTheWaitAnew() {
		this.news.add("ann");
		this.news.turn();
		this.news.add("ann");
		assertThat(this.news.turn()).isEmpty();
		assertThat(this.news.turn()).containsExactly("ann");
	}

	@Test
	void waitThatIsNotRenewedEnds() {
		OwnNews actions = new OwnNews(false);
		actions.add("ann");
		actions.turn();
		actions.add("ann");
		assertThat(actions.turn()).containsExactly("ann");
		assertThat(actions.turn()).containsExactly("ann");
		assertThat(actions.isEmpty()).isTrue();
	}

	@Test
	void thereIsABoundOnUsers() {
		for (int user = 0; user < 20_001; user++) {
			this.news.add("user" + user);
		}
		this.news.turn();
		assertThat(this.news.turn()).hasSize(20_000);
	}

}
