package com.example.nosecurity;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class NoSecurityApplication {

	public static void main(String[] args) {
		SpringApplication.run(NoSecurityApplication.class, args);
	}

}
