package dev.actionlog.flash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.actionlog.text.Text;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FlashExchange}.
 */
class FlashExchangeTests {

	private final FlashExchange exchange = FlashExchange.of(new MockHttpServletRequest());

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final List<String> ends = new ArrayList<>();

	@Test
	void endsWhatPageShowedOnce() {
		this.exchange.begin(this.response);
		this.exchange.claim("ann", () -> new Claim());
		this.response.setContentType("text/html");
		this.exchange.end();
		this.exchange.release();
		assertThat(this.ends).containsExactly("acknowledge");
		assertThat(this.response.isCommitted()).isTrue();
	}

	@Test
	void errorPageIsNoResponseThatTakes() {
		this.exchange.begin(this.response);
		this.exchange.deliverInAnyType();
		this.exchange.keep((message) -> true);
		this.exchange.fail();
		this.exchange.end();
		this.exchange.begin(this.response);
		this.exchange.claim("ann", () -> new Claim());
		this.response.setStatus(500);
		this.response.setContentType("text/html");
		this.exchange.end();
		assertThat(this.ends).containsExactly("acknowledge");
	}

	@Test
	void failedEndOfOneVisitorsMessagesIsNotThatOfAnothers() {
		this.exchange.begin(this.response);
		this.response.setContentType("text/html");
		this.exchange.claim("ann", () -> new Claim() {

			@Override
			public void acknowledge(Predicate<FlashMessage> kept) {
				super.acknowledge(kept);
				throw new IllegalStateException("thrown by a test, and logged");
			}

		});
		this.exchange.claim("bob", () -> new Claim());
		this.exchange.end();
		assertThat(this.ends).containsExactly("acknowledge", "acknowledge");
	}

	/**
	 * The filter that stores the session does so before the first byte.
	 */
	@Test
	void responseThatCannotGoOutGivesItsMessagesBack() {
		MockHttpServletResponse broken = new MockHttpServletResponse() {

			@Override
			public void flushBuffer() {
				throw new IllegalStateException("thrown by a test");
			}

		};
		this.exchange.begin(broken);
		broken.setContentType("text/html");
		this.exchange.claim("ann", () -> new Claim());
		assertThatIllegalStateException().isThrownBy(this.exchange::end);
		assertThat(this.ends).containsExactly("release");
		// the error page, which is nobody's
		this.exchange.begin(this.response);
		this.response.setContentType("text/html");
		this.exchange.end();
		assertThat(this.ends).containsExactly("release");
	}

	@Test
	void whatFailedPageKeptIsNotKeptByItsErrorPage() {
		this.exchange.begin(this.response);
		this.exchange.keep((message) -> true);
		assertThat(this.exchange.confirmByPage()).isFalse();
		this.exchange.release();
		assertThat(this.exchange.confirmByPage()).isTrue();
	}

	@Test
	void nothingToShowEndsNothing() {
		this.exchange.begin(this.response);
		this.response.setContentType("text/html");
		this.exchange.claim("ann", () -> new Claim() {

			@Override
			public List<FlashMessage> messages() {
				return List.of();
			}

		});
		this.exchange.end();
		assertThat(this.ends).isEmpty();
		assertThat(this.response.isCommitted()).isFalse();
	}

	private class Claim implements FlashClaim {

		@Override
		public List<FlashMessage> messages() {
			return List.of(new FlashMessage(FlashLevel.INFO, "info", Text.of("x"), "", StoppedClock.START,
					StoppedClock.START));
		}

		@Override
		public void acknowledge(Predicate<FlashMessage> kept) {
			FlashExchangeTests.this.ends.add(kept.test(messages().get(0)) ? "keep" : "acknowledge");
		}

		@Override
		public void release() {
			FlashExchangeTests.this.ends.add("release");
		}

		@Override
		public void delete() {
			FlashExchangeTests.this.ends.add("delete");
		}

	}

}
