package dev.actionlog.action;

import java.util.Optional;
import java.util.Set;

import dev.actionlog.profile.CurrentUser;
import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Gives templates the expression object {@code #actionHistory}, which the history
 * fragment shows. It is {@code null} where nobody is signed in or there is no
 * {@link ActionService}, as in a host's slice tests.
 */
class ActionDialect extends AbstractDialect implements IExpressionObjectDialect, IExpressionObjectFactory {

	private static final String NAME = "actionHistory";

	private final ObjectProvider<ActionService> actions;

	private final ObjectProvider<CurrentUser> currentUser;

	private final ObjectProvider<TextResolver> texts;

	ActionDialect(ObjectProvider<ActionService> actions, ObjectProvider<CurrentUser> currentUser,
			ObjectProvider<TextResolver> texts) {
		super("actionlog-history");
		this.actions = actions;
		this.currentUser = currentUser;
		this.texts = texts;
	}

	@Override
	public IExpressionObjectFactory getExpressionObjectFactory() {
		return this;
	}

	@Override
	public Set<String> getAllExpressionObjectNames() {
		return Set.of(NAME);
	}

	@Override
	public @Nullable Object buildObject(IExpressionContext context, String name) {
		ActionService service = this.actions.getIfAvailable();
		CurrentUser user = this.currentUser.getIfAvailable();
		TextResolver resolver = this.texts.getIfAvailable();
		if (service == null || user == null || resolver == null) {
			return null;
		}
		Optional<String> username = user.username();
		return username
			.map((current) -> new ActionHistory(service, current, resolver, context.getLocale(),
					LocaleContextHolder.getTimeZone().toZoneId()))
			.orElse(null);
	}

	@Override
	public boolean isCacheable(String name) {
		return true;
	}

}
