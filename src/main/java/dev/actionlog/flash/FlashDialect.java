package dev.actionlog.flash;

import java.util.Set;

import dev.actionlog.text.TextResolver;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Gives templates the expression object {@code #flashMessages}. It is {@code null} where
 * there is no request or no {@link FlashMessages}, as in a host's slice tests.
 */
class FlashDialect extends AbstractDialect implements IExpressionObjectDialect, IExpressionObjectFactory {

	private static final String NAME = "flashMessages";

	private final ObjectProvider<FlashMessages> messages;

	private final ObjectProvider<TextResolver> texts;

	FlashDialect(ObjectProvider<FlashMessages> messages, ObjectProvider<TextResolver> texts) {
		super("actionlog-flash");
		this.messages = messages;
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
		FlashMessages current = this.messages.getIfAvailable();
		TextResolver resolver = this.texts.getIfAvailable();
		return (current != null && resolver != null && RequestContextHolder.getRequestAttributes() != null)
				? new FlashView(current, resolver, context.getLocale()) : null;
	}

	@Override
	public boolean isCacheable(String name) {
		return true;
	}

}
