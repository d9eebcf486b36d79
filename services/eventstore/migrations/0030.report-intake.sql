-- Forms of companies that are not confirmed yet, and the links by which companies see their reports.
-- Nothing of it is in the log: only a confirmed form is reported.
-- depends: 0029.open-files

-- The secret of the public form, wrapped by the master key: it signs what the form carries, and
-- encrypts what waits for its confirmation.
create table intake_key (
    is_the_one boolean primary key default true check (is_the_one),
    secret bytea not null
);

-- `digest` tells whether the same form came again; `confirmation` is the SHA-256 of what is in the
-- link. `sealed` is the form, encrypted; it goes once it is confirmed, and `position` is then its
-- place in the log.
create table report_intake (
    id uuid primary key,
    version integer not null,
    digest bytea not null,
    confirmation bytea not null unique,
    sealed bytea,
    reference text not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    confirmed_at timestamptz,
    position bigint
);

create index report_intake_by_end on report_intake (expires_at);

-- `digest` is the SHA-256 of what is in the link.
create table report_link (
    digest bytea primary key,
    report uuid not null,
    made_at timestamptz not null,
    expires_at timestamptz not null
);

create index report_link_by_report on report_link (report);
