package dev.actionlog.flash;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells which pages say themselves that they have shown their messages. For the library's
 * own modules; without a bean of this type a message counts as shown when the page has
 * been written.
 */
@FunctionalInterface
public interface FlashConfirmation {

	/**
	 * Where the page that a request asks for says that it has shown its messages. Until
	 * then, or until the lease ends, they are held.
	 * @param request the request
	 * @return a path below the context path, or {@code null} where the page does not say
	 * so
	 */
	@Nullable String path(HttpServletRequest request);

}
