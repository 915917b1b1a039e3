create table user_profile (
	name varchar(100) primary key,
	motto varchar(100) not null
);
insert into user_profile values ('ann', 'Carpe diem');
