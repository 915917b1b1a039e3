package dev.actionlog.example;

/**
 * The application's own service.
 */
public class ProfileService {

}
