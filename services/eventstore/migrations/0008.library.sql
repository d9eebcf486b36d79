-- What applications of the library `eventsourcing` keep here besides their events.
-- depends: 0003.log-tree

-- An aggregate of the library may begin at version 0.
alter table event drop constraint event_originator_version_check;
alter table event add constraint event_originator_version_check check (originator_version >= 0);

-- Which events of the log an application recorded. `collection` is the name the library would give
-- to the table with its events, as in `dogschool_events`.
create table library_event (
    collection text not null,
    position bigint not null,
    primary key (collection, position)
);

-- `collection` is named likewise: `dogschool_snapshots`.
create table library_snapshot (
    collection text not null,
    originator_id uuid not null,
    originator_version bigint not null,
    topic text not null,
    state bytea not null,
    primary key (collection, originator_id, originator_version)
);

-- How far `reader` has read the log of an application, named likewise: `dogschool_tracking`.
create table library_tracking (
    reader text not null,
    application_name text not null,
    notification_id bigint not null,
    primary key (reader, application_name)
);
