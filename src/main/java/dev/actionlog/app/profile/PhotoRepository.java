package dev.actionlog.app.profile;

import java.util.Optional;

import org.springframework.data.repository.Repository;

/**
 * Repository of the photos, by their owner's user name.
 */
public interface PhotoRepository extends Repository<Photo, String> {

	/**
	 * The photo of a user.
	 * @param username the user's name
	 * @return the photo, or empty where there is none
	 */
	Optional<Photo> findById(String username);

	/**
	 * Stores a photo in place of the owner's earlier one.
	 * @param photo the photo
	 * @return the photo as it is stored
	 */
	Photo save(Photo photo);

	/**
	 * Deletes the photo of a user.
	 * @param username the user's name
	 * @return how many were deleted
	 */
	int deleteByUsername(String username);

}
