-- The download of one's own data: one a user, replaced by the next.
create table export (
	username varchar(32) primary key references account (username) on delete cascade,
	job varchar(36) not null,
	state varchar(10) not null,
	heartbeat_at timestamp(6) with time zone not null,
	content bytea
);
