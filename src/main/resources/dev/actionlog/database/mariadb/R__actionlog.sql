-- The tables of actionlog. Running this script again changes nothing. Every key begins with the name of the user, so that
-- the tables can be partitioned or sharded by it as they are; only announcements, a small table that each shard can have
-- in full, belong to no user.
-- The collation compares names exactly, spaces at their end included. Times are in UTC.

-- One row a user. written and sent number the user's actions and messages; slots is the number of actions for which the
-- rows of the log are laid out.
create table if not exists actionlog_profile (
	username varchar(255) primary key,
	keep integer,
	slots integer default 0 not null,
	written bigint default 0 not null,
	sent bigint default 0 not null,
	constraint actionlog_profile_keep check (keep >= 0)
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;

-- The log is a ring: the action with a number lies in the slot (number modulo slots), over the one that leaves.
create table if not exists actionlog_action (
	username varchar(255) not null,
	slot integer not null,
	number bigint not null,
	recorded_at datetime(6) not null,
	message varchar(200) not null,
	args varchar(1608) not null,
	link varchar(500),
	primary key (username, slot),
	constraint actionlog_action_profile foreign key (username) references actionlog_profile (username) on delete cascade
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;

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
	sent_at datetime(6) not null,
	expires_at datetime(6) not null,
	announcement varchar(36),
	claim_token varchar(36),
	claimed_until datetime(6),
	primary key (username, number),
	constraint actionlog_flash_profile foreign key (username) references actionlog_profile (username) on delete cascade
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;

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
	sent_at datetime(6) not null,
	shown_at datetime(6) not null,
	primary key (username, number),
	constraint actionlog_shown_profile foreign key (username) references actionlog_profile (username) on delete cascade
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;

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
	published_at datetime(6) not null,
	begins_at datetime(6) not null,
	ends_at datetime(6) not null,
	withdrawn_at datetime(6),
	index actionlog_announcement_ends_at (ends_at)
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;

-- Which users have got a copy of an announcement, and who was shown it.
create table if not exists actionlog_recipient (
	username varchar(255) not null,
	announcement varchar(36) not null,
	copied_at datetime(6),
	seen_at datetime(6),
	primary key (username, announcement),
	index actionlog_recipient_announcement (announcement),
	constraint actionlog_recipient_profile foreign key (username) references actionlog_profile (username) on delete cascade
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;
