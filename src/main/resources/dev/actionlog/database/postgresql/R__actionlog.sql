-- The tables of actionlog. Running this script again changes nothing. Every key begins with the name of the user, so that
-- the tables can be partitioned or sharded by it as they are; only announcements, a small table that each shard can have
-- in full, belong to no user.

-- One row a user. written and sent number the user's actions and messages; slots is the number of actions for which the
-- rows of the log are laid out.
create table if not exists actionlog_profile (
	username varchar(255) primary key,
	keep integer,
	slots integer default 0 not null,
	written bigint default 0 not null,
	sent bigint default 0 not null,
	constraint actionlog_profile_keep check (keep >= 0)
);

-- The log is a ring: the action with a number lies in the slot (number modulo slots), over the one that leaves.
create table if not exists actionlog_action (
	username varchar(255) not null,
	slot integer not null,
	number bigint not null,
	recorded_at timestamp(6) with time zone not null,
	message varchar(200) not null,
	args varchar(1608) not null,
	link varchar(500),
	primary key (username, slot),
	constraint actionlog_action_profile foreign key (username) references actionlog_profile (username) on delete cascade
);

-- Messages that wait. While a page shows them they have its token, and no other page takes them until claimed_until.
-- announcement is the id of the announcement of which a message is the user's copy.
create table if not exists actionlog_flash (
	username varchar(255) not null,
	number bigint not null,
	level integer not null,
	message varchar(1000) not null,
	args varchar(1608) not null,
	link varchar(500),
	tags varchar(200) not null,
	message_key varchar(100),
	action_label varchar(200),
	action_path varchar(500),
	sent_at timestamp(6) with time zone not null,
	expires_at timestamp(6) with time zone not null,
	announcement varchar(36),
	claim_token varchar(36),
	claimed_until timestamp(6) with time zone,
	primary key (username, number),
	constraint actionlog_flash_profile foreign key (username) references actionlog_profile (username) on delete cascade
);

-- Messages that a user was shown, the newest few.
create table if not exists actionlog_shown (
	username varchar(255) not null,
	number bigint not null,
	level integer not null,
	message varchar(1000) not null,
	args varchar(1608) not null,
	link varchar(500),
	tags varchar(200) not null,
	message_key varchar(100),
	action_label varchar(200),
	action_path varchar(500),
	sent_at timestamp(6) with time zone not null,
	shown_at timestamp(6) with time zone not null,
	primary key (username, number),
	constraint actionlog_shown_profile foreign key (username) references actionlog_profile (username) on delete cascade
);

-- One row a message to all users, or to those that have a row in actionlog_recipient, of whom recipients is the number.
create table if not exists actionlog_announcement (
	id varchar(36) primary key,
	level integer not null,
	message varchar(1000) not null,
	args varchar(1608) not null,
	link varchar(500),
	tags varchar(200) not null,
	message_key varchar(100),
	action_label varchar(200),
	action_path varchar(500),
	translations varchar(8000) not null,
	published_by varchar(255),
	recipients integer,
	published_at timestamp(6) with time zone not null,
	begins_at timestamp(6) with time zone not null,
	ends_at timestamp(6) with time zone not null,
	withdrawn_at timestamp(6) with time zone
);
create index if not exists actionlog_announcement_ends_at on actionlog_announcement (ends_at);

-- Which users have got a copy of an announcement, and who was shown it.
create table if not exists actionlog_recipient (
	username varchar(255) not null,
	announcement varchar(36) not null,
	copied_at timestamp(6) with time zone,
	seen_at timestamp(6) with time zone,
	primary key (username, announcement),
	constraint actionlog_recipient_profile foreign key (username) references actionlog_profile (username) on delete cascade
);
create index if not exists actionlog_recipient_announcement on actionlog_recipient (announcement);
