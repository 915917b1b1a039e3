-- Attempts that were counted: one row a counter, whose id is a hash. After clear_at a row says nothing, and is deleted.
create table throttle (
	id varchar(43) primary key,
	open_at timestamp(6) with time zone not null,
	clear_at timestamp(6) with time zone not null
);
