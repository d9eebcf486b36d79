-- What pages and the API read. Everything here can be dropped and built again from the log.
-- depends: 0001.event-log

create table municipality (
    ags text primary key,
    name text not null,
    kind text not null,
    county_is_employer boolean,
    assumed boolean not null default false
);

create table organisation (
    key text primary key,
    name text not null,
    kind text not null,
    ags text,
    number text
);

create table account (
    id uuid primary key,
    name text not null
);

create table account_grant (
    position bigint primary key,
    account uuid not null,
    role text not null,
    organisation text not null,
    municipality text,
    since timestamptz,
    until timestamptz
);

create index account_grant_by_account on account_grant (account);

create table access_token (
    id uuid primary key,
    account uuid not null,
    digest text not null unique,
    label text not null,
    expires_at timestamptz,
    issued_at timestamptz not null,
    revoked_at timestamptz
);

create table framework_edition (
    edition text primary key,
    title text not null,
    replaces text,
    published_at timestamptz not null
);

create table concept (
    id uuid primary key,
    municipality text not null,
    edition text not null,
    stage text not null,
    round integer not null default 0,
    due timestamptz,
    closes_at timestamptz,
    review_at timestamptz,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null,
    unique (municipality, edition)
);

create table request (
    concept uuid not null,
    round integer not null,
    organisation text not null,
    sections text[] not null,
    due timestamptz not null,
    closes_at timestamptz not null,
    answered_at timestamptz,
    is_open boolean not null default true,
    primary key (concept, round, organisation)
);

create index request_by_organisation on request (organisation) where is_open;

create table trail (
    position bigint primary key,
    stream uuid not null,
    topic text not null,
    account text not null,
    organisation text not null,
    role text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null
);

create index trail_by_account on trail (account, position);

create index trail_by_organisation on trail (organisation, position);

create index trail_by_stream on trail (stream, position);

create table chronicle (
    key text primary key,
    about text not null,
    occurred_on date not null,
    title text not null,
    text text not null,
    organisations text[] not null,
    source text not null,
    assumed boolean not null,
    position bigint not null
);
