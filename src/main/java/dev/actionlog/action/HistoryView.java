package dev.actionlog.action;

import dev.actionlog.text.ExpressionObject;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;

import org.springframework.context.i18n.LocaleContextHolder;

/**
 * What templates see of the actions of any user, said to the reader of the page.
 */
class HistoryView {

	private final ActionHistories histories;

	private final IExpressionContext context;

	HistoryView(ActionHistories histories, IExpressionContext context) {
		this.histories = histories;
		this.context = context;
	}

	/**
	 * The actions of a user.
	 * @return the actions, or {@code null} for nobody
	 */
	public @Nullable ActionHistory of(@Nullable String username) {
		return (username != null) ? this.histories.of(username, this.context.getLocale(),
				LocaleContextHolder.getTimeZone().toZoneId(), (path) -> ExpressionObject.address(path, this.context))
				: null;
	}

}
