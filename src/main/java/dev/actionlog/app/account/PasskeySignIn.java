package dev.actionlog.app.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.authentication.PublicKeyCredentialRequestOptionsFilter;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;

/**
 * Configurer of the sign-in with a passkey: a script asks
 * {@code POST /webauthn/authenticate/options} for a challenge, and the form with what the
 * device has signed goes to {@code POST /login/webauthn}.
 * <p>
 * It stands in for Spring Security's {@code webAuthn()}, which keeps the session id, does
 * not see that an account is disabled, leaves a principal that has no session key,
 * answers with JSON, and has endpoints with which an open session is enough to add a
 * passkey, or to remove somebody's.
 */
class PasskeySignIn extends AbstractHttpConfigurer<PasskeySignIn, HttpSecurity> {

	private final WebAuthnRelyingPartyOperations relyingParty;

	private final PasskeyService passkeys;

	private final PasskeyChallenges challenges;

	private final UserDetailsService users;

	private final SecurityContextRepository contexts;

	private final AuthenticationSuccessHandler signedIn;

	private final AuthenticationFailureHandler notSignedIn;

	PasskeySignIn(WebAuthnRelyingPartyOperations relyingParty, PasskeyService passkeys, PasskeyChallenges challenges,
			UserDetailsService users, SecurityContextRepository contexts, AuthenticationSuccessHandler signedIn,
			AuthenticationFailureHandler notSignedIn) {
		this.relyingParty = relyingParty;
		this.passkeys = passkeys;
		this.challenges = challenges;
		this.users = users;
		this.contexts = contexts;
		this.signedIn = signedIn;
		this.notSignedIn = notSignedIn;
	}

	@Override
	public void configure(HttpSecurity http) {
		PublicKeyCredentialRequestOptionsFilter options = new PublicKeyCredentialRequestOptionsFilter(
				this.relyingParty);
		options.setRequestOptionsRepository(this.challenges);
		http.addFilterBefore(options, AuthorizationFilter.class);
		AbstractAuthenticationProcessingFilter signIn = new SignInFilter();
		signIn.setSecurityContextRepository(this.contexts);
		signIn.setSessionAuthenticationStrategy(http.getSharedObject(SessionAuthenticationStrategy.class));
		signIn.setAuthenticationSuccessHandler(this.signedIn);
		signIn.setAuthenticationFailureHandler(this.notSignedIn);
		http.addFilterAfter(signIn, UsernamePasswordAuthenticationFilter.class);
	}

	private Authentication authenticate(HttpServletRequest request) {
		try {
			RelyingPartyAuthenticationRequest signed = new RelyingPartyAuthenticationRequest(options(request),
					PasskeyJson.readSignIn(request.getParameter("credential")));
			UserDetails user = this.users.loadUserByUsername(this.passkeys.authenticate(signed));
			new AccountStatusUserDetailsChecker().check(user);
			return UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
		}
		// a database that does not answer says nothing about the passkey
		catch (AuthenticationException | DataAccessException ex) {
			throw ex;
		}
		// what a browser sends fails in many ways, deep in the library that verifies it
		catch (RuntimeException ex) {
			throw new BadCredentialsException("The passkey is not valid", ex);
		}
	}

	private PublicKeyCredentialRequestOptions options(HttpServletRequest request) {
		PublicKeyCredentialRequestOptions options = this.challenges.load(request);
		if (options == null) {
			throw new BadCredentialsException("There is no such challenge");
		}
		return options;
	}

	private final class SignInFilter extends AbstractAuthenticationProcessingFilter {

		SignInFilter() {
			super(PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/login/webauthn"));
		}

		@Override
		public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
			return authenticate(request);
		}

		/**
		 * Does nothing, because there is no authentication manager to check.
		 */
		@Override
		public void afterPropertiesSet() {
		}

	}

}
