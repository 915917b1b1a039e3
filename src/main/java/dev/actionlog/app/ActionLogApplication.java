package dev.actionlog.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Main class of the web application.
 */
@SpringBootApplication
public class ActionLogApplication {

	/**
	 * Starts the application.
	 * @param args settings of Spring Boot
	 */
	public static void main(String[] args) {
		SpringApplication.run(ActionLogApplication.class, args);
	}

}
