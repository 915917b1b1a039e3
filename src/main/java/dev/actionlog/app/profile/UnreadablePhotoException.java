package dev.actionlog.app.profile;

import org.jspecify.annotations.Nullable;

/**
 * Exception for an uploaded file that cannot become a photo.
 */
class UnreadablePhotoException extends Exception {

	private static final long serialVersionUID = 1L;

	private final String code;

	UnreadablePhotoException(String code) {
		this(code, null);
	}

	UnreadablePhotoException(String code, @Nullable Throwable cause) {
		super(code, cause);
		this.code = code;
	}

	/**
	 * The code of the message that tells the user why.
	 */
	String getCode() {
		return this.code;
	}

}
