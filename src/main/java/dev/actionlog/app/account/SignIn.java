package dev.actionlog.app.account;

import java.util.Collections;
import java.util.List;

import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.app.security.SessionStart;
import dev.actionlog.app.session.Sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Signs a user in without the sign-in form: after signing up, and after changing or
 * recovering the password, which is entered each time. As with the form, the session gets
 * another id, and forms another CSRF token. All other sessions of the user end.
 */
@Component
class SignIn {

	private final SecurityContextRepository contexts;

	private final PasswordConfirmation confirmation;

	private final SecurityEvents events;

	private final Sessions sessions;

	private final SessionAuthenticationStrategy renewal;

	SignIn(SecurityContextRepository contexts, PasswordConfirmation confirmation, SecurityEvents events,
			Sessions sessions, CsrfTokenRepository csrfTokens) {
		this.contexts = contexts;
		this.confirmation = confirmation;
		this.events = events;
		this.sessions = sessions;
		this.renewal = new CompositeSessionAuthenticationStrategy(
				List.of(new ChangeSessionIdAuthenticationStrategy(), new CsrfAuthenticationStrategy(csrfTokens)));
	}

	void as(AccountPrincipal user, HttpServletRequest request, HttpServletResponse response) {
		String username = user.getUsername();
		Authentication authentication = UsernamePasswordAuthenticationToken.authenticated(user, null,
				user.getAuthorities());
		this.renewal.onAuthentication(authentication, request, response);
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(authentication);
		SecurityContextHolder.setContext(context);
		this.contexts.saveContext(context, request, response);
		if (!(request.getSession().getAttribute(SessionStart.ATTRIBUTE) instanceof SessionStart before)
				|| !before.username().equals(username)) {
			sessionStarted(username, request, response);
		}
		this.confirmation.entered(request);
		SessionStart own = SessionStart.of(request);
		this.sessions.end(username, (start) -> start.event() != own.event());
	}

	/**
	 * Records that a session of a user has begun, however the user signed in. What the
	 * application remembered of another user who was signed in here is forgotten.
	 */
	void sessionStarted(String username, HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession();
		if (session.getAttribute(SessionStart.ATTRIBUTE) instanceof SessionStart before
				&& !before.username().equals(username)) {
			Collections.list(session.getAttributeNames())
				.stream()
				.filter((name) -> name.startsWith("dev.actionlog.app."))
				.forEach(session::removeAttribute);
		}
		session.setMaxInactiveInterval((int) Sessions.IDLE_TIME.toSeconds());
		session.setAttribute(SessionStart.ATTRIBUTE, this.events.signedIn(username, response));
		this.sessions.endOldest(username);
	}

}
