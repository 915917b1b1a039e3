package dev.actionlog.stranger;

/**
 * The host's own service.
 */
public class ProfileService {

}
