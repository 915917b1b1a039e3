package dev.actionlog.text;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;

/**
 * A dialect that gives templates one expression object. It is made when a template first
 * names it; a page that does not pays nothing.
 */
public final class ExpressionObject extends AbstractDialect
		implements IExpressionObjectDialect, IExpressionObjectFactory {

	private static final Log logger = LogFactory.getLog(ExpressionObject.class);

	private final String name;

	private final Function<IExpressionContext, @Nullable Object> factory;

	/**
	 * A dialect with one expression object.
	 * @param name what templates call it, without the {@code #}
	 * @param factory makes it for a page; {@code null} where there is nothing to show
	 */
	public ExpressionObject(String name, Function<IExpressionContext, @Nullable Object> factory) {
		super("actionlog-" + name);
		this.name = name;
		this.factory = factory;
	}

	/**
	 * A dialect whose expression object is {@code null} on every page. The log says why
	 * when a template first names it.
	 * @param name what templates call it, without the {@code #}
	 * @param reason why there is nothing to show
	 * @return the dialect
	 */
	public static ExpressionObject nothing(String name, String reason) {
		AtomicBoolean said = new AtomicBoolean();
		return new ExpressionObject(name, (context) -> {
			if (said.compareAndSet(false, true)) {
				logger.warn("#" + name + " shows nothing: " + reason);
			}
			return null;
		});
	}

	/**
	 * The address that {@code @{...}} makes of a path in a template.
	 * @param path a path below the context path
	 * @param context the page
	 * @return the address
	 */
	public static String address(String path, IExpressionContext context) {
		return context.getConfiguration()
			.getLinkBuilders()
			.stream()
			.map((builder) -> builder.buildLink(context, path, Map.of()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(path);
	}

	@Override
	public IExpressionObjectFactory getExpressionObjectFactory() {
		return this;
	}

	@Override
	public Set<String> getAllExpressionObjectNames() {
		return Set.of(this.name);
	}

	@Override
	public @Nullable Object buildObject(IExpressionContext context, String name) {
		return this.factory.apply(context);
	}

	@Override
	public boolean isCacheable(String name) {
		return true;
	}

}
