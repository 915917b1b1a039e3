package com.example.own;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

@SpringBootApplication
@EntityScan("com.example.own.member")
@EnableJpaRepositories("com.example.own.member")
public class OwnApplication {

	public static void main(String[] args) {
		SpringApplication.run(OwnApplication.class, args);
	}

}
