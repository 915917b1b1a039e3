-- The forms of the admin area that were sent in the last day, so that each does once what it says.
create table sent_form (
	username varchar(32) not null references account (username) on delete cascade,
	token varchar(36) not null,
	sent_at timestamp(6) with time zone not null,
	primary key (username, token)
);
