package dev.actionlog.profile;

import java.util.Optional;

/**
 * Who acts now. An application that knows it from elsewhere defines a bean of this type;
 * by default it is Spring Security's authentication, else the servlet's principal.
 */
@FunctionalInterface
public interface CurrentUser {

	/**
	 * The name of the principal who acts in this thread.
	 * @return the name, or empty where nobody is signed in
	 */
	Optional<String> username();

}
