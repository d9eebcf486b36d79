-- Which school years have goals, for the list of processes; goals and figures are in the log.
-- Everything can be dropped and built again from the log.
-- depends: 0019.tasks

create table school_year (
    id uuid primary key,
    school_year text not null unique,
    stage text not null,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);
