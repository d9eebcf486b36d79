-- What pages and the API read of the language assessment. Nothing here is about a person: counts
-- only. Everything can be dropped and built again from the log.
-- depends: 0009.snapshots

-- `version` of a row is that of its stream, for whoever changes what they saw.
create table instrument (
    key text primary key,
    title text not null,
    kind text not null,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create table instrument_version (
    instrument text not null,
    version integer not null,
    state text not null,
    digest text not null,
    definition jsonb not null,
    author text not null,
    approver text,
    position bigint not null,
    changed_at timestamptz not null,
    primary key (instrument, version)
);

-- `first` is the round a retest repeats, `scheduled` the retest that was announced for a first one.
create table assessment_round (
    id uuid primary key,
    key text not null,
    title text not null,
    school_year text not null,
    instrument text not null,
    instrument_version integer not null,
    sitting text not null,
    state text not null,
    opens_at timestamptz not null,
    closes_at timestamptz not null,
    first uuid,
    scheduled uuid,
    released_position bigint,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null,
    unique (school_year, key)
);

create index assessment_round_by_position on assessment_round (position);

-- `extended_to` is null unless the college was given more time than the round.
create table round_college (
    round uuid not null,
    college text not null,
    extended_to timestamptz,
    primary key (round, college)
);

create index round_college_by_college on round_college (college, round);

create table training_class (
    id uuid primary key,
    college text not null,
    school_year text not null,
    name text not null,
    programme text not null,
    trade text not null,
    size integer not null,
    withdrawn boolean not null default false,
    learners integer not null default 0,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index training_class_by_college on training_class (college, school_year, name);

create index training_class_by_year on training_class (school_year, college);

-- A class in a round. `results` are those recorded, `assessed` those with a meaning at the release.
create table class_sitting (
    class uuid not null,
    round uuid not null,
    results integer not null default 0,
    submitted boolean not null default false,
    released boolean not null default false,
    assessed integer not null default 0,
    position bigint not null,
    primary key (class, round)
);

create index class_sitting_by_round on class_sitting (round, class) include (submitted, released);
