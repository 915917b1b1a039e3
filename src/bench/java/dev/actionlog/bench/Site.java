package dev.actionlog.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.actionlog.action.ActionService;

import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A small application of the library, with Spring Security and Thymeleaf, as a web server
 * of its own. Its pages are a heading and a form with the token against forged requests,
 * with one of the library's fragments, both or none.
 */
@Controller
class Site implements WebMvcConfigurer {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final ActionService actions;

	Site(ActionService actions) {
		this.actions = actions;
	}

	/**
	 * Starts the site.
	 * @param args none
	 * @throws IOException if that fails
	 */
	public static void main(String[] args) throws IOException {
		WebServer.serve(Node.startWeb(Server.url(Server.SHARED), Site.class).port());
	}

	/**
	 * A request of a user who signs in.
	 */
	static byte[] signIn(String username) {
		return HttpConnection.request("POST", "/login", "username=" + username + "&password=any");
	}

	/**
	 * Signs every user in, for a session and a token of each.
	 */
	static List<Visitor> signIn(WebServer server) throws IOException {
		List<Visitor> visitors = new ArrayList<>();
		try (HttpConnection connection = new HttpConnection(server.port())) {
			for (int user = 1; user <= Data.USERS; user++) {
				String cookie = connection.send(signIn(Data.user(user))).sessionCookie().orElseThrow();
				String page = connection.send(HttpConnection.request("GET", "/plain", "", cookie)).body();
				Matcher token = TOKEN.matcher(page);
				Assert.state(token.find(), "The page has no form");
				visitors.add(new Visitor(cookie, token.group(1)));
			}
		}
		return visitors;
	}

	/**
	 * Views without a controller's method, so that there is no more in a page than must
	 * be.
	 */
	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		for (String page : List.of("plain", "messages", "history", "both")) {
			registry.addViewController("/" + page).setViewName("bench/" + page);
		}
	}

	@PostMapping("/record")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void record() {
		this.actions.record(Data.MESSAGE, Data.ARGUMENT);
	}

	/**
	 * Everybody who has a session may see everything.
	 */
	@Bean
	static SecurityFilterChain security(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.csrf((csrf) -> csrf.ignoringRequestMatchers("/login"))
			.formLogin((form) -> {
			})
			.build();
	}

	/**
	 * Knows every user. The password is not hashed: 1,000 hashes would take a minute, and
	 * signing in is not measured.
	 */
	@Bean
	static UserDetailsService users() {
		return (username) -> User.withUsername(username).password("{noop}any").build();
	}

	/**
	 * Somebody who is signed in.
	 *
	 * @param cookie the header with the session's cookie
	 * @param token the token that the session's forms have
	 */
	record Visitor(String cookie, String token) {

		byte[] get(String page) {
			return HttpConnection.request("GET", page, "", this.cookie);
		}

		byte[] post(String path) {
			return HttpConnection.request("POST", path, "_csrf=" + this.token, this.cookie);
		}

	}

}
