package dev.actionlog.app.account;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

import dev.actionlog.app.outage.DatabaseFailure;
import dev.actionlog.app.request.ChangesPerUserFilter;
import dev.actionlog.app.request.ExpiredForm;
import dev.actionlog.app.request.FormSizeFilter;
import dev.actionlog.app.request.RefusedRequestFilter;
import dev.actionlog.app.request.UnreadableRequestFilter;
import dev.actionlog.app.security.SecurityEvents;
import dev.actionlog.app.throttle.Throttle;
import dev.actionlog.flash.FlashMessages;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter;
import org.springframework.security.web.header.writers.ClearSiteDataHeaderWriter.Directive;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Configuration of Spring Security: access to the endpoints, signing in and out, and
 * security headers.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final Log logger = LogFactory.getLog(SecurityConfiguration.class);

	private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data: blob:; "
			+ "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

	private static final RequestMatcher JSON = SignInPage.accepts(MediaType.APPLICATION_JSON);

	/** With the hash of its content in its name. */
	private static final String LIVE_SCRIPT = "/actionlog/*.js";

	private static final String PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
			+ "browsing-topics=()";

	/**
	 * PBKDF2, because BCrypt reads no more than 72 bytes of a password, and Argon2 and
	 * scrypt would need another library. Its 600,000 rounds are what OWASP recommends for
	 * SHA-256; passwords with the 310,000 of the earlier id are hashed anew when their
	 * users sign in.
	 */
	@Bean
	PasswordEncoder passwordEncoder() {
		return new DelegatingPasswordEncoder("pbkdf2-600k",
				Map.of("pbkdf2-600k",
						new Pbkdf2PasswordEncoder("", 16, 600_000, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256),
						"pbkdf2", Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
	}

	@Bean
	SecurityContextRepository securityContextRepository() {
		return new HttpSessionSecurityContextRepository();
	}

	/**
	 * Static files are for everybody.
	 */
	@Bean
	@Order(1)
	SecurityFilterChain staticFiles(HttpSecurity http) {
		return http.securityMatcher("/css/**", "/js/**", "/img/**", "/webjars/**", "/favicon.ico", LIVE_SCRIPT)
			.addFilterAfter(new RefusedRequestFilter(), HeaderWriterFilter.class)
			.addFilterAfter(new FormSizeFilter(), RefusedRequestFilter.class)
			.addFilterAfter(new UnreadableRequestFilter(), FormSizeFilter.class)
			.headers((headers) -> strict(headers).cacheControl(HeadersConfigurer.CacheControlConfig::disable))
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.securityContext(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain pages(HttpSecurity http, AccountRepository accounts, AccountService service,
			FlashMessages flash, Throttle throttle, PasswordConfirmation confirmation, SignIn signIn,
			SecurityEvents events, SecurityContextRepository contexts, CsrfTokenRepository csrfTokens,
			WebAuthnRelyingPartyOperations relyingParty, PasskeyService passkeys, PasskeyChallenges challenges,
			UserDetailsService users, Admins admins, HandlerExceptionResolver handlerExceptionResolver) {
		return http.addFilterBefore(new ConcurrencyFailureFilter(handlerExceptionResolver), HeaderWriterFilter.class)
			.addFilterAfter(new RefusedRequestFilter(), HeaderWriterFilter.class)
			.addFilterBefore(new AccountFilter(accounts), CsrfFilter.class)
			.addFilterBefore(new AdminFilter(admins), CsrfFilter.class)
			.addFilterBefore(new FormSizeFilter(), CsrfFilter.class)
			.addFilterBefore(new UnreadableRequestFilter(), CsrfFilter.class)
			.addFilterBefore(new CrossSiteFilter(), CsrfFilter.class)
			.addFilterAfter(new AdminFilter.Hidden(), CsrfFilter.class)
			.addFilterAfter(new ChangesPerUserFilter(), AdminFilter.Hidden.class)
			.addFilterBefore(new SignInThrottleFilter(throttle, handlerExceptionResolver),
					UsernamePasswordAuthenticationFilter.class)
			.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.requestMatchers("/", "/sign-up", "/login", "/recover", "/error", "/actuator/health",
						"/actuator/health/liveness", "/actuator/health/readiness")
				.permitAll()
				.requestMatchers("/.well-known/change-password")
				.authenticated()
				// password managers check that an unknown path there is a 404
				.requestMatchers("/.well-known/**")
				.permitAll()
				.requestMatchers("/actuator/**")
				.denyAll()
				// the library answers with 401 where nobody is signed in
				.requestMatchers("/actionlog/live", "/actionlog/live/*")
				.permitAll()
				.anyRequest()
				.authenticated())
			.headers(SecurityConfiguration::strict)
			.securityContext((context) -> context.securityContextRepository(contexts))
			.formLogin((form) -> form.loginPage("/login")
				.successHandler(signedInWithPassword(signIn, throttle, confirmation))
				.failureHandler(notSignedIn(events)))
			.with(new PasskeySignIn(relyingParty, passkeys, challenges, users, contexts,
					signedIn(signIn, (request) -> throttle.passkeyWasRight(request.getRemoteAddr())),
					passkeyRefused(events)))
			.logout((logout) -> logout.addLogoutHandler(clearSiteData())
				.addLogoutHandler((request, response, authentication) -> SentForm.forget(request, response))
				.logoutSuccessHandler(signedOut(service, flash)))
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.csrf((csrf) -> csrf.csrfTokenRepository(csrfTokens).ignoringRequestMatchers(AdminFilter::isHidden))
			.exceptionHandling((exceptions) -> exceptions
				.defaultAuthenticationEntryPointFor(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), JSON)
				.defaultAuthenticationEntryPointFor(signInPage(), AnyRequestMatcher.INSTANCE)
				.accessDeniedHandler(SecurityConfiguration::denied))
			.build();
	}

	/**
	 * Pages load nothing from other origins, run no script but the application's own, and
	 * are not shown in frames.
	 */
	private static HeadersConfigurer<HttpSecurity> strict(HeadersConfigurer<HttpSecurity> headers) {
		return headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
			.referrerPolicy((policy) -> policy.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN))
			.permissionsPolicyHeader((policy) -> policy.policy(PERMISSIONS_POLICY))
			.crossOriginOpenerPolicy(
					(policy) -> policy.policy(CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy.SAME_ORIGIN))
			.crossOriginResourcePolicy((policy) -> policy
				.policy(CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy.SAME_ORIGIN));
	}

	private static AuthenticationEntryPoint signInPage() {
		RedirectStrategy redirects = new DefaultRedirectStrategy();
		return (request, response, exception) -> redirects.sendRedirect(request, response,
				SignInPage.before(request, SentForm.keep(request, response)));
	}

	private static AuthenticationSuccessHandler signedInWithPassword(SignIn signIn, Throttle throttle,
			PasswordConfirmation confirmation) {
		AuthenticationSuccessHandler signedIn = signedIn(signIn, confirmation::entered);
		return (request, response, authentication) -> {
			throttle.passwordWasRight(authentication.getName(), request.getRemoteAddr());
			signedIn.onAuthenticationSuccess(request, response, authentication);
		};
	}

	/**
	 * What follows a sign-in of whatever way.
	 * @param started is called when what the session had of another user is forgotten
	 */
	private static AuthenticationSuccessHandler signedIn(SignIn signIn, Consumer<HttpServletRequest> started) {
		RedirectStrategy redirects = seeOther();
		return (request, response, authentication) -> {
			try {
				signIn.sessionStarted(authentication.getName(), request, response);
				started.accept(request);
			}
			// the session is open by now, but the error page says that nothing was
			// changed
			catch (RuntimeException ex) {
				new SecurityContextLogoutHandler().logout(request, response, authentication);
				throw ex;
			}
			redirects.sendRedirect(request, response, SignInPage.wanted(request).orElse("/profile"));
		};
	}

	private static AuthenticationFailureHandler notSignedIn(SecurityEvents events) {
		RedirectStrategy redirects = seeOther();
		return (request, response, exception) -> {
			// neither the name nor the password was looked at
			if (exception instanceof AuthenticationServiceException) {
				if (DatabaseFailure.isUnreachable(exception)) {
					throw exception;
				}
				logger.error("Nobody can sign in", exception);
				response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
				return;
			}
			String username = request
				.getParameter(UsernamePasswordAuthenticationFilter.SPRING_SECURITY_FORM_USERNAME_KEY);
			String password = request
				.getParameter(UsernamePasswordAuthenticationFilter.SPRING_SECURITY_FORM_PASSWORD_KEY);
			String typed = (username != null) ? username : "";
			boolean missing = typed.isBlank() || !StringUtils.hasLength(password);
			if (!missing) {
				events.wrongPassword(AccountUserDetailsManager.normalize(typed));
			}
			TypedUsername.keep(typed, request, response);
			redirects.sendRedirect(request, response,
					SignInPage.afterFailure(missing ? "error=missing" : "error", request));
		};
	}

	private static AuthenticationFailureHandler passkeyRefused(SecurityEvents events) {
		RedirectStrategy redirects = seeOther();
		return (request, response, exception) -> {
			events.passkeyRefused();
			redirects.sendRedirect(request, response, SignInPage.afterFailure("error=passkey", request));
		};
	}

	/**
	 * Lets the browser forget the pages of the user, over HTTPS. Cookies stay: the
	 * message about signing out waits in a session.
	 */
	static LogoutHandler clearSiteData() {
		return new HeaderWriterLogoutHandler(new ClearSiteDataHeaderWriter(Directive.CACHE, Directive.STORAGE));
	}

	/**
	 * Records that a user has signed out when that is done, so that nothing can stop it.
	 */
	private static LogoutSuccessHandler signedOut(AccountService accounts, FlashMessages flash) {
		SimpleUrlLogoutSuccessHandler page = new SimpleUrlLogoutSuccessHandler();
		page.setDefaultTargetUrl("/");
		page.setRedirectStrategy(seeOther());
		return (request, response, authentication) -> {
			if (request.getAttribute(AccountFilter.ATTRIBUTE) instanceof Account account) {
				try {
					accounts.signedOut(account);
				}
				catch (RuntimeException ex) {
					logger.warn(
							"It is not recorded that " + account.getUsername() + " has signed out: " + ex.getMessage());
				}
				flash.success("signed.out");
			}
			page.onLogoutSuccess(request, response, authentication);
		};
	}

	private static RedirectStrategy seeOther() {
		DefaultRedirectStrategy redirects = new DefaultRedirectStrategy();
		redirects.setStatusCode(HttpStatus.SEE_OTHER);
		return redirects;
	}

	private static void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
			throws IOException {
		if (reason instanceof CsrfException) {
			boolean signedIn = SecurityContextHolder.getContext().getAuthentication() != null;
			// who is not signed in could not send it again
			if (!signedIn && !JSON.matches(request) && SentForm.keep(request, response)) {
				response.sendRedirect(request.getContextPath() + SignInPage.before(request, true));
				return;
			}
			request.setAttribute("formExpired", true);
			ExpiredForm.of(request)
				.filter((form) -> signedIn || form.isPublic())
				.ifPresent((form) -> request.setAttribute(ExpiredForm.ATTRIBUTE, form));
		}
		response.sendError(HttpServletResponse.SC_FORBIDDEN);
	}

}
