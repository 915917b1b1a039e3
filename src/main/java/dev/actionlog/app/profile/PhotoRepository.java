package dev.actionlog.app.profile;

import java.util.Optional;

import org.springframework.data.repository.Repository;

/**
 * The photos, by the name of their owner.
 */
interface PhotoRepository extends Repository<Photo, String> {

	Optional<Photo> findById(String username);

	Photo save(Photo photo);

	int deleteByUsername(String username);

}
