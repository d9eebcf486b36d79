-- The event log, its head, the outcomes of commands, and who has read how far.
-- depends:

create table log_head (
    is_the_head boolean primary key default true check (is_the_head),
    position bigint not null,
    recorded_at timestamptz not null
);

insert into log_head (position, recorded_at) values (0, '2000-01-01T00:00:00Z');

create table event (
    position bigint primary key,
    originator_id uuid not null,
    originator_version bigint not null check (originator_version > 0),
    topic text not null,
    state bytea not null,
    recorded_at timestamptz not null,
    unique (originator_id, originator_version)
);

create index event_by_topic on event (topic, position);

create index event_by_time on event (recorded_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the event log is only ever appended to';
end
$$;

create trigger event_is_append_only before update or delete or truncate on event
    for each statement execute function refuse_change();

create table receipt (
    command_id uuid primary key,
    digest bytea not null,
    originator_id uuid not null,
    originator_version bigint not null,
    first_position bigint not null,
    last_position bigint not null,
    recorded_at timestamptz not null
);

create table tracking (
    name text primary key,
    position bigint not null default 0
);
