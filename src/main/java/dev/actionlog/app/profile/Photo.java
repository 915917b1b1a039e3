package dev.actionlog.app.profile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * A user's photo, as the application made it from the uploaded file.
 */
@Entity
public class Photo {

	@Id
	@Column(length = 32)
	private String username;

	@Column(nullable = false, length = 20)
	private String mediaType;

	@Column(nullable = false)
	private byte[] content;

	// for JPA
	@SuppressWarnings("NullAway.Init")
	protected Photo() {
	}

	Photo(String username, String mediaType, byte[] content) {
		this.username = username;
		this.mediaType = mediaType;
		this.content = content;
	}

	String getUsername() {
		return this.username;
	}

	/**
	 * The media type of the picture.
	 * @return {@code image/jpeg} or {@code image/png}
	 */
	public String getMediaType() {
		return this.mediaType;
	}

	/**
	 * The encoded picture.
	 * @return the content of its file
	 */
	public byte[] getContent() {
		return this.content;
	}

}
