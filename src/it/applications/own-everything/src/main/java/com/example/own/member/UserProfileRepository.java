package com.example.own.member;

import org.springframework.data.repository.CrudRepository;

interface UserProfileRepository extends CrudRepository<UserProfile, String> {

}
