create sequence if not exists @@table@@_seq cache 1;

create table if not exists @@table@@ (
	task_name varchar(40) collate "C" not null,
	task_instance varchar(720) collate "C" not null,
	task_data bytea,
	execution_time timestamp with time zone not null,
	picked boolean not null,
	picked_by varchar(100),
	last_success timestamp with time zone,
	last_failure timestamp with time zone,
	consecutive_failures int,
	last_heartbeat timestamp with time zone,
	version bigint not null,
	priority smallint,
	work varchar(700) collate "C" not null,
	queue varchar(700) not null,
	next_time timestamp with time zone,
	attempt int not null default 1,
	first_request timestamp with time zone not null,
	request bigint not null,
	argument text,
	refuse_until timestamp with time zone,
	born bigint not null,
	ended bigint not null default 0,
	-- The instance first: all rows have the same name, and a planner may search for one column only
	primary key (task_instance, task_name)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500,
	autovacuum_vacuum_cost_delay = 0);

create index if not exists @@name@@_due on @@table@@ (execution_time) where not picked;

create index if not exists @@name@@_picked on @@table@@ (picked_by) where picked;

create table if not exists @@table@@_lease (
	name varchar(100) primary key,
	beat timestamp with time zone not null
);

create table if not exists @@table@@_intake (
	id bigint generated always as identity primary key,
	task_instance varchar(720) collate "C" not null,
	work varchar(700) collate "C" not null,
	queue varchar(700) not null,
	kind varchar(10) not null,
	due timestamp with time zone not null,
	max_wait bigint,
	argument text
);
