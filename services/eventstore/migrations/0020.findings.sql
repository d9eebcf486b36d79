-- What case managers see of the supply system, and the themes it is bundled into. What a finding
-- says is not here: it is sealed in the log, and `described` is the position where it stands.
-- depends: 0019.tasks

-- `reported` is the log position of the report; `theme` the one it was taken into, which may have
-- been merged into another since.
create table finding (
    id uuid primary key,
    key text not null,
    kind text not null,
    municipality text not null,
    organisation text not null,
    field text not null,
    school_year text not null,
    band text not null,
    stage text not null,
    theme uuid,
    reporter text not null,
    reported bigint not null,
    reported_at timestamptz not null,
    described bigint not null,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index finding_by_report on finding (reported);

create index finding_by_municipality on finding (municipality, reported);

create index finding_by_theme on finding (theme) where theme is not null;

create index finding_by_position on finding (position);

-- `goes_on_in` is the theme it was merged into. `presented` says that a session was to discuss it
-- at some time, so that more people have read it. `discussed_in` and `resolutions` are in order.
create table theme (
    id uuid primary key,
    key text not null,
    title text not null,
    stage text not null,
    summary integer not null default 0,
    sources integer not null,
    session uuid,
    goes_on_in uuid,
    outcome text,
    presented boolean not null default false,
    discussed_in uuid[] not null default '{}',
    resolutions uuid[] not null default '{}',
    opened bigint not null,
    opened_at timestamptz not null,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index theme_by_opening on theme (opened);

create index theme_by_session on theme (session) where session is not null;

create index theme_by_merging on theme (goes_on_in) where goes_on_in is not null;

create index theme_by_position on theme (position);
