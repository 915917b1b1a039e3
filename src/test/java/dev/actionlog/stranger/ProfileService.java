package dev.actionlog.stranger;

/**
 * The application's own service.
 */
public class ProfileService {

}
