-- The code that replaces a forgotten password once. Accounts from before have none until their users make one.
create table recovery_code (
	username varchar(32) primary key references account (username) on delete cascade,
	code_hash varchar(43) not null
);
