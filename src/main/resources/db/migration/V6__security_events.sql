-- What happened to an account, and from where. device is the hash of the token of a device, or empty. answer is set for sign-ins:
-- 'known' for those of the owner, 'waiting' until the owner says so, and 'refused' where it was somebody else.
create table security_event (
	id bigint generated always as identity primary key,
	username varchar(32) not null references account (username) on delete cascade,
	type varchar(30) not null,
	recorded_at timestamp(6) with time zone not null,
	times integer not null,
	device varchar(43) not null,
	browser varchar(60) not null,
	system varchar(60) not null,
	network varchar(64) not null,
	answer varchar(10)
);

-- The devices whose sign-ins need no answer. They are no part of the events, which others push out.
create table known_device (
	username varchar(32) not null references account (username) on delete cascade,
	device varchar(43) not null,
	used_at timestamp(6) with time zone not null,
	primary key (username, device)
);

create index security_event_username on security_event (username, id);
create index security_event_recorded on security_event (recorded_at);
