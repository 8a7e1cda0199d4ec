create sequence if not exists @@table@@_seq;

create table if not exists @@table@@ (
	task_name varchar(40) not null,
	task_instance varchar(720) not null,
	task_data longblob,
	execution_time datetime(6) not null,
	picked boolean not null,
	picked_by varchar(100),
	last_success datetime(6),
	last_failure datetime(6),
	consecutive_failures int,
	last_heartbeat datetime(6),
	version bigint not null,
	priority smallint,
	work varchar(700) not null,
	queue varchar(700) not null,
	next_time datetime(6),
	attempt int not null default 1,
	first_request datetime(6) not null,
	request bigint not null,
	argument longtext,
	refuse_until datetime(6),
	born bigint not null,
	ended bigint not null default 0,
	primary key (task_name, task_instance),
	index @@name@@_due (picked, execution_time),
	index @@name@@_picked (picked_by)
) engine = InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create table if not exists @@table@@_lease (
	name varchar(100) primary key,
	beat datetime(6) not null
) engine = InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create table if not exists @@table@@_intake (
	id bigint auto_increment primary key,
	task_instance varchar(720) not null,
	work varchar(700) not null,
	queue varchar(700) not null,
	kind varchar(10) not null,
	due datetime(6) not null,
	max_wait bigint,
	argument longtext,
	index @@name@@_intake_row (task_instance)
) engine = InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;
