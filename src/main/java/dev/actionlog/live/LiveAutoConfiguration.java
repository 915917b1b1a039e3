package dev.actionlog.live;

import dev.actionlog.action.ActionAutoConfiguration;
import dev.actionlog.action.ActionService;
import dev.actionlog.database.Database;
import dev.actionlog.flash.Announcements;
import dev.actionlog.flash.FlashAutoConfiguration;
import dev.actionlog.flash.FlashConfirmation;
import dev.actionlog.flash.FlashMessages;
import dev.actionlog.flash.FlashSender;
import dev.actionlog.profile.CurrentUser;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.thymeleaf.dialect.IDialect;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.web.util.WebUtils;

/**
 * {@link AutoConfiguration Auto-configuration} for live delivery.
 */
@AutoConfiguration(after = { ActionAutoConfiguration.class, FlashAutoConfiguration.class })
@ConditionalOnClass({ HttpServletRequest.class, IDialect.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty("actionlog.live.enabled")
@ConditionalOnBean({ Database.class, ActionService.class, FlashMessages.class, FlashSender.class })
@EnableConfigurationProperties(LiveProperties.class)
public final class LiveAutoConfiguration {

	/** The script sets it, and names the browser with it. */
	private static final String COOKIE = "actionlog-live";

	/** Its value where the script could not confirm what a page has shown. */
	private static final String OFF = "off";

	@Bean(destroyMethod = "close")
	LiveDelivery actionlogLiveDelivery(Database database, CurrentUser currentUser, FlashSender messages,
			Announcements announcements, ApplicationContext application) {
		return new LiveDelivery(database, currentUser, messages, announcements, application);
	}

	@Bean
	ServletRegistrationBean<LiveServlet> actionlogLiveServlet(LiveDelivery delivery, CurrentUser currentUser,
			FlashSender messages, ActionService actions) {
		return new ServletRegistrationBean<>(new LiveServlet(delivery, currentUser, messages, actions),
				LiveController.PATH);
	}

	@Bean
	LiveController actionlogLiveController(CurrentUser currentUser, FlashMessages messages) {
		return new LiveController(currentUser, messages);
	}

	@Bean
	FlashConfirmation actionlogFlashConfirmation() {
		return (request) -> {
			Cookie cookie = WebUtils.getCookie(request, COOKIE);
			return (cookie != null && !OFF.equals(cookie.getValue())) ? LiveController.PATH + LiveController.SHOWN
					: null;
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LogoutSuccessEvent.class)
	static class SecurityConfiguration {

		/**
		 * The next request of the browser that has signed out is refused, and its script
		 * stops.
		 */
		@Bean
		ApplicationListener<LogoutSuccessEvent> actionlogLiveSignOut(LiveDelivery delivery) {
			return (event) -> delivery.hint(event.getAuthentication().getName(), Hint.MESSAGES);
		}

	}

}
