package dev.actionlog.app.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.actionlog.app.throttle.TooManyAttemptsException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;

/**
 * Question for the password before an operation that a stranger at an open session must
 * not do. It is not asked where the password was entered in this session in the last 15
 * minutes. The time is kept in the session, which gets another id with each entry: who
 * has a copy of the old one has no part in what may be done now.
 * <p>
 * A controller that gets {@code false} shows the page {@code confirm}, whose form goes to
 * the same path, with the password.
 */
@Component
public class PasswordConfirmation {

	private static final Duration VALIDITY = Duration.ofMinutes(15);

	private static final String ENTERED_AT = PasswordConfirmation.class.getName() + ".enteredAt";

	private final AccountService accounts;

	private final Clock clock;

	PasswordConfirmation(AccountService accounts, ObjectProvider<Clock> clock) {
		this.accounts = accounts;
		this.clock = clock.getIfUnique(Clock::systemUTC);
	}

	/**
	 * Notes that the password is entered now.
	 */
	void entered(HttpServletRequest request) {
		request.getSession().setAttribute(ENTERED_AT, this.clock.instant());
	}

	/**
	 * Whether the password was entered lately.
	 * @param request the request of the session
	 * @return {@code true} if it need not be asked for
	 */
	public boolean isRecent(HttpServletRequest request) {
		return request.getSession().getAttribute(ENTERED_AT) instanceof Instant enteredAt
				&& enteredAt.plus(VALIDITY).isAfter(this.clock.instant());
	}

	/**
	 * Whether the password was entered lately, or is in the form.
	 * @param account the account of the signed-in user
	 * @param form the form
	 * @param errors gets the error of a wrong password
	 * @param request the request, which tells the page where the form goes
	 * @return {@code true} if the operation can be done
	 * @throws TooManyAttemptsException if the password comes too early after wrong ones
	 */
	public boolean isGiven(Account account, ConfirmationForm form, BindingResult errors, HttpServletRequest request) {
		request.setAttribute("action", request.getServletPath());
		if (isRecent(request)) {
			return true;
		}
		return form.password() != null && isRight(account, form, errors, request);
	}

	/**
	 * Whether the password is in the form, also where it was entered lately.
	 */
	boolean isRight(Account account, ConfirmationForm form, BindingResult errors, HttpServletRequest request) {
		String password = (form.password() != null) ? form.password() : "";
		Optional<String> error = this.accounts.passwordError(account, password, request.getRemoteAddr());
		if (error.isPresent()) {
			errors.rejectValue("password", error.get());
			return false;
		}
		request.changeSessionId();
		entered(request);
		return true;
	}

	/**
	 * The form of the page that asks for the password.
	 *
	 * @param password the typed password, or {@code null} where it was not asked for yet
	 */
	public record ConfirmationForm(@Nullable String password) {

	}

}
