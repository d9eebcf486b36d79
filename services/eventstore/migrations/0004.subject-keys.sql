-- The keys of the people about whom something is kept, and read models without personal text.
-- depends: 0003.log-tree

-- What shows which master key wraps the others. Whoever wraps with another one is refused.
create table master_key (
    is_the_one boolean primary key default true check (is_the_one),
    canary bytea not null
);

-- `wrapped` is the person's key under a master key, and null once the person's data were erased.
-- What is left then says when, why, and which event says so. `swept`: the old row is off the disk.
create table subject_key (
    subject uuid primary key,
    wrapped bytea,
    made_at timestamptz not null default clock_timestamp(),
    erased_at timestamptz,
    reason text not null default '',
    position bigint,
    swept boolean not null default false,
    check ((wrapped is null) = (erased_at is not null))
);

create index subject_key_to_sweep on subject_key (subject) where erased_at is not null and not swept;

-- Names and labels are read from the log. The directory is built again by itself.
drop table account, access_token;
truncate municipality, organisation, account_grant;
delete from tracking where name = 'directory';

-- `position` is that of the event with the name.
create table account (
    id uuid primary key,
    position bigint not null
);

-- `position` is that of the event with the label.
create table access_token (
    id uuid primary key,
    account uuid not null,
    digest text not null unique,
    position bigint not null,
    expires_at timestamptz,
    issued_at timestamptz not null,
    revoked_at timestamptz
);
