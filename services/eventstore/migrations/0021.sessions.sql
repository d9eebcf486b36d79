-- What lists, tasks and rights read of bodies and their sessions; what they say is in the log.
-- Everything can be dropped and built again from the log.
-- depends: 0019.tasks

create table body (
    id uuid primary key,
    key text not null unique,
    title text not null,
    since date not null,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

-- It exists on both days and between.
create table body_seat (
    body uuid not null,
    seat text not null,
    organisation text not null,
    kind text not null,
    since date not null,
    until date,
    primary key (body, seat)
);

-- `person` is an account, on the seat on both days and between, as long as the seat exists.
create table body_appointment (
    body uuid not null,
    seat text not null,
    person text not null,
    capacity text not null,
    since date not null,
    until date,
    primary key (body, seat, person, capacity, since)
);

create index body_appointment_by_person on body_appointment (person);

-- `minutes` is the version drafted last, `released` the one the body has; 0: none. Where a page of
-- the list ended is told by `scheduled_position`.
create table steering_session (
    id uuid primary key,
    body text not null,
    key text not null,
    title text not null,
    kind text not null,
    stage text not null,
    starts_at timestamptz not null,
    ends_at timestamptz,
    place text not null,
    called_until timestamptz,
    is_invited boolean not null default false,
    closes_at timestamptz,
    minutes integer not null default 0,
    released integer not null default 0,
    minutes_overdue boolean not null default false,
    scheduled_position bigint not null unique,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null,
    unique (body, key)
);

create index steering_session_by_time on steering_session (starts_at desc, scheduled_position desc);

create index steering_session_by_body on steering_session (body, starts_at desc);

create index steering_session_at_work on steering_session (stage)
    where stage not in ('released', 'cancelled');

-- `number` orders the items of an agenda; some numbers may be missing.
create table agenda_item (
    session uuid not null,
    item uuid not null,
    number integer not null,
    kind text not null,
    title text not null,
    themes uuid[] not null,
    about uuid[] not null,
    is_published boolean not null default false,
    primary key (session, item)
);

create index agenda_item_by_theme on agenda_item using gin (themes);

create index agenda_item_by_subject on agenda_item using gin (about);

-- The votes and recommendations that stand.
create table session_vote (
    session uuid not null,
    number integer not null,
    item uuid not null,
    alternative text not null,
    decided text not null,
    edition integer not null,
    at timestamptz not null,
    primary key (session, number)
);
