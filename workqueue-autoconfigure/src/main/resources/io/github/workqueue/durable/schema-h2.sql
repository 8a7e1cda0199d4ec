create sequence if not exists @@table@@_seq no cache;

create table if not exists @@table@@ (
	task_name varchar(40) not null,
	task_instance varchar(720) not null,
	task_data varbinary,
	execution_time timestamp(6) with time zone not null,
	picked boolean not null,
	picked_by varchar(100),
	last_success timestamp(6) with time zone,
	last_failure timestamp(6) with time zone,
	consecutive_failures int,
	last_heartbeat timestamp(6) with time zone,
	version bigint not null,
	priority smallint,
	work varchar(700) not null,
	queue varchar(700) not null,
	next_time timestamp(6) with time zone,
	attempt int default 1 not null,
	first_request timestamp(6) with time zone not null,
	request bigint not null,
	argument varchar,
	refuse_until timestamp(6) with time zone,
	born bigint not null,
	ended bigint default 0 not null,
	primary key (task_name, task_instance)
);

create index if not exists @@name@@_due on @@table@@ (picked, execution_time);

create index if not exists @@name@@_picked on @@table@@ (picked_by);

create table if not exists @@table@@_lease (
	name varchar(100) primary key,
	beat timestamp(6) with time zone not null
);

create table if not exists @@table@@_intake (
	id bigint generated always as identity primary key,
	task_instance varchar(720) not null,
	work varchar(700) not null,
	queue varchar(700) not null,
	kind varchar(10) not null,
	due timestamp(6) with time zone not null,
	max_wait bigint,
	argument varchar
);
