package dev.actionlog.flash.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.actionlog.flash.FlashLevel;
import dev.actionlog.flash.FlashMessage;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.profile.CurrentUser;
import dev.actionlog.testing.TestApplication;
import dev.actionlog.testing.Together;
import dev.actionlog.testing.Browser;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.servlet.support.ErrorPageFilter;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.view.RedirectView;

/**
 * A site on a port of its own, with pages that end in every way that a page can end in.
 * Who is signed in stands in the header {@code X-User}.
 */
@Configuration(proxyBeanMethods = false)
@Import(Site.Pages.class)
class Site {

	/**
	 * Starts the site.
	 */
	static TestApplication start(Map<String, Object> database, String... settings) {
		return TestApplication.start(database, (application) -> application.web(WebApplicationType.SERVLET)
			.sources(Site.class)
			.properties("server.port=0", "server.address=127.0.0.1", "server.servlet.session.tracking-modes=cookie",
					"spring.jpa.open-in-view=false", "server.tomcat.threads.max=24",
					// what these pages do on purpose is no news
					"logging.level.org.apache.catalina.core=off", "logging.level.org.thymeleaf=off"),
				settings);
	}

	static int port(TestApplication application) {
		return Integer.parseInt(application.get(Environment.class).getRequiredProperty("local.server.port"));
	}

	/**
	 * A browser of somebody.
	 * @param user who is signed in, or an empty string for nobody
	 */
	static Browser browser(TestApplication application, String user) {
		Browser browser = new Browser(port(application));
		return user.isEmpty() ? browser : browser.with("X-User", user);
	}

	/**
	 * Lets pages that wait go on, and tells how many have begun to wait.
	 */
	static final class Gate {

		final Semaphore waiting = new Semaphore(0);

		final Semaphore open = new Semaphore(0);

		void pass() throws InterruptedException {
			this.waiting.release();
			if (!this.open.tryAcquire(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody opened the gate");
			}
		}

		void awaitVisitor() throws InterruptedException {
			if (!this.waiting.tryAcquire(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody came to the gate");
			}
		}

	}

	/**
	 * Counts the requests for gated pages that have not ended: a session that lies in a
	 * database is stored at the end of the request.
	 */
	static final class GatedRequests implements ServletRequestListener {

		private final AtomicInteger underWay = new AtomicInteger();

		@Override
		public void requestInitialized(ServletRequestEvent event) {
			this.underWay.addAndGet(count(event));
		}

		@Override
		public void requestDestroyed(ServletRequestEvent event) {
			this.underWay.addAndGet(-count(event));
		}

		private static int count(ServletRequestEvent event) {
			return ((HttpServletRequest) event.getServletRequest()).getRequestURI().equals("/gated") ? 1 : 0;
		}

		void awaitEnd() throws Exception {
			Together.eventually(() -> this.underWay.get() == 0);
		}

	}

	@Bean
	GatedRequests gatedRequests() {
		return new GatedRequests();
	}

	@Bean
	Gate gate() {
		return new Gate();
	}

	@Bean
	CurrentUser currentUser() {
		return () -> {
			RequestAttributes request = RequestContextHolder.getRequestAttributes();
			return (request instanceof ServletRequestAttributes servlet)
					? Optional.ofNullable(servlet.getRequest().getHeader("X-User")) : Optional.empty();
		};
	}

	/**
	 * The error page includes the fragment where the request asked for that.
	 */
	@Bean
	ErrorViewResolver errorPages() {
		return (request, status, model) -> new ModelAndView("told/error",
				Map.of("told", request.getParameter("told") != null), status);
	}

	@Bean
	FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
		FilterRegistrationBean<ShallowEtagHeaderFilter> registration = new FilterRegistrationBean<>(
				new ShallowEtagHeaderFilter());
		registration.addUrlPatterns("/etag/*");
		return registration;
	}

	/**
	 * Forwards to error pages, for requests with the parameter {@code war}.
	 */
	@Bean
	FilterRegistrationBean<Filter> forwardedErrorPages() {
		ErrorPageFilter errorPages = new ErrorPageFilter();
		errorPages.addErrorPages(new ErrorPage("/error"));
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
			if (request.getParameter("war") != null) {
				errorPages.doFilter(request, response, chain);
			}
			else {
				chain.doFilter(request, response);
			}
		});
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return registration;
	}

	@Bean
	SecurityFilterChain noSecurity(HttpSecurity http) {
		return http.securityMatcher("/nowhere").build();
	}

	@Controller
	static class Pages {

		private final FlashMessages flash;

		private final TransactionTemplate transaction;

		private final Gate gate;

		Pages(FlashMessages flash, PlatformTransactionManager transactions, Gate gate) {
			this.flash = flash;
			this.transaction = new TransactionTemplate(transactions);
			this.gate = gate;
		}

		@PostMapping("/add")
		RedirectView add(@RequestParam String text, @RequestParam(defaultValue = "/page") String to) {
			this.flash.success(text);
			RedirectView redirect = new RedirectView(to);
			redirect.setStatusCode(HttpStatus.SEE_OTHER);
			return redirect;
		}

		/**
		 * Redirects so often, and reads the messages each time.
		 */
		@GetMapping("/hop/{more}")
		String hop(@PathVariable int more) {
			read();
			return (more > 0) ? "redirect:/hop/" + (more - 1) : "redirect:/page";
		}

		/**
		 * Reads, ends the session, and redirects.
		 */
		@GetMapping("/leave")
		void leave(HttpServletRequest request, HttpServletResponse response) throws IOException {
			read();
			if (request.getSession(false) != null) {
				request.getSession().invalidate();
			}
			response.sendRedirect("/page");
		}

		@GetMapping("/empty/{status}")
		void empty(@PathVariable int status, HttpServletResponse response) {
			read();
			response.setContentType("text/html");
			response.setStatus(status);
		}

		@GetMapping("/htmx")
		@ResponseBody
		ResponseEntity<String> htmx() {
			return ResponseEntity.ok()
				.header("HX-Redirect", "/page")
				.contentType(MediaType.TEXT_HTML)
				.body(html(read()));
		}

		@GetMapping("/turbo")
		@ResponseBody
		ResponseEntity<String> turbo() {
			return ResponseEntity.ok()
				.contentType(MediaType.parseMediaType("text/vnd.turbo-stream.html"))
				.body(html(read()));
		}

		@GetMapping({ "/page", "/etag/page" })
		ModelAndView page() {
			return page(true, Map.of());
		}

		@GetMapping("/quiet")
		ModelAndView quiet() {
			return page(false, Map.of());
		}

		@GetMapping("/broken")
		ModelAndView broken(@RequestParam(defaultValue = "0") int filler) {
			return page(true, Map.of("trouble", new Trouble(), "filler", "x".repeat(filler)));
		}

		@GetMapping("/gated")
		ModelAndView gated(@RequestParam(defaultValue = "0") int filler) throws InterruptedException {
			read();
			this.gate.pass();
			return page(true, Map.of("filler", "x".repeat(filler)));
		}

		@GetMapping("/refused")
		void refused(HttpServletResponse response) throws IOException {
			read();
			response.sendError(HttpServletResponse.SC_CONFLICT);
		}

		@GetMapping("/unfit")
		ModelAndView unfit(HttpServletResponse response) {
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
			return page(true, Map.of());
		}

		@PostMapping("/fail")
		void fail(@RequestParam String text, @RequestParam boolean transaction) {
			if (transaction) {
				this.transaction.executeWithoutResult((status) -> fail(text));
			}
			fail(text);
		}

		private void fail(String text) {
			this.flash.error(text);
			throw new IllegalStateException("for the test");
		}

		@GetMapping("/json")
		@ResponseBody
		List<String> json() {
			return read();
		}

		@GetMapping("/json/taken")
		@ResponseBody
		List<String> taken() {
			return words(this.flash.take());
		}

		@GetMapping("/json/taken/{status}")
		ResponseEntity<List<String>> taken(@PathVariable int status) {
			return ResponseEntity.status(status).body(words(this.flash.take()));
		}

		@GetMapping("/json/taken/failing")
		List<String> takenByFailing(@RequestParam boolean handled) {
			this.flash.take();
			throw handled ? new HandledException() : new IllegalStateException("for the test");
		}

		@ExceptionHandler
		ResponseEntity<String> handled(HandledException ex) {
			return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
				.contentType(MediaType.APPLICATION_JSON)
				.body("[]");
		}

		@GetMapping("/download")
		ResponseEntity<byte[]> download() {
			return ResponseEntity.ok()
				.contentType(MediaType.APPLICATION_OCTET_STREAM)
				.body(String.join(",", read()).getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/callable")
		Callable<ModelAndView> callable(@RequestParam boolean fails) {
			read();
			return () -> {
				if (fails) {
					throw new IllegalStateException("for the test");
				}
				return page(true, Map.of());
			};
		}

		@GetMapping("/deferred")
		DeferredResult<ModelAndView> deferred(@RequestParam String outcome) {
			read();
			DeferredResult<ModelAndView> result = new DeferredResult<>(outcome.equals("timeout") ? 50L : 60_000L);
			if (outcome.equals("page")) {
				ForkJoinPool.commonPool().execute(() -> result.setResult(page(true, Map.of())));
			}
			else if (outcome.equals("error")) {
				ForkJoinPool.commonPool()
					.execute(() -> result.setErrorResult(new IllegalStateException("for the test")));
			}
			return result;
		}

		@GetMapping("/streamed")
		ResponseEntity<StreamingResponseBody> streamed(@RequestParam boolean fails,
				@RequestParam(defaultValue = "0") int filler) {
			String html = html(read()) + "x".repeat(filler);
			return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body((out) -> {
				out.write(html.getBytes(StandardCharsets.UTF_8));
				if (fails) {
					throw new IllegalStateException("for the test");
				}
			});
		}

		/**
		 * Asynchronous without a dispatch at the end.
		 */
		@GetMapping("/completed")
		void completed(HttpServletRequest request, HttpServletResponse response, @RequestParam boolean timeout) {
			String html = html(read());
			response.setContentType("text/html");
			AsyncContext context = request.startAsync(request, response);
			context.setTimeout(timeout ? 50 : 60_000);
			if (!timeout) {
				context.start(() -> {
					try {
						response.getWriter().write(html);
					}
					catch (IOException ex) {
						throw new UncheckedIOException(ex);
					}
					context.complete();
				});
			}
		}

		private ModelAndView page(boolean shows, Map<String, Object> more) {
			ModelAndView page = new ModelAndView("told/page", Map.of("shows", shows));
			page.addAllObjects(more);
			return page;
		}

		private List<String> read() {
			return words(StreamSupport.stream(this.flash.spliterator(), false).toList());
		}

		private static List<String> words(List<FlashMessage> messages) {
			return messages.stream().map((message) -> message.text().getMessage()).toList();
		}

		private static String html(List<String> messages) {
			return messages.stream()
				.map((message) -> "<p data-level=\"%s\"><span dir=\"auto\">%s</span></p>".formatted(FlashLevel.INFO,
						message))
				.collect(Collectors.joining());
		}

	}

	/**
	 * A value in a template that cannot be had.
	 */
	public static class Trouble {

		public String getNow() {
			throw new IllegalStateException("for the test");
		}

	}

	static class HandledException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
