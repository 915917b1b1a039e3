-- users and authorities are what Spring Security's JdbcUserDetailsManager asks for.
create table users (
	username varchar(32) primary key,
	password varchar(500) not null,
	enabled boolean not null
);

create table authorities (
	username varchar(32) not null references users (username) on delete cascade,
	authority varchar(50) not null,
	primary key (username, authority)
);

create table account (
	username varchar(32) primary key references users (username) on delete cascade,
	display_name varchar(80) not null,
	language varchar(35) not null,
	time_zone varchar(64) not null,
	session_key varchar(36) not null,
	photo_tag varchar(36)
);

create table photo (
	username varchar(32) primary key references account (username) on delete cascade,
	media_type varchar(20) not null,
	content bytea not null
);
