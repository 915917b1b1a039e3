package com.example.plain;

import org.springframework.data.repository.CrudRepository;

interface PhotoRepository extends CrudRepository<Photo, Long> {

}
