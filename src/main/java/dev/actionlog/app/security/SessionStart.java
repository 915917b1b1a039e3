package dev.actionlog.app.security;

import java.io.Serializable;

import dev.actionlog.app.device.Device;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/**
 * How a session began: the sign-in, which is also the handle of the session. It is a
 * session attribute.
 *
 * @param event the number of the event
 * @param username who signed in
 * @param device from where
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // a record, too, has a page of its serialized form
public record SessionStart(long event, String username, Device device) implements Serializable {

	/** The name of the session attribute. */
	public static final String ATTRIBUTE = SessionStart.class.getName();

	/**
	 * How the session of a signed-in user began.
	 * @param request a request of the session
	 * @return the start of the session
	 * @throws IllegalStateException if nobody has signed in
	 */
	public static SessionStart of(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof SessionStart start)) {
			throw new IllegalStateException("Nobody has signed in");
		}
		return start;
	}

}
