-- Which funded posts there are, for lists of processes; what is said of them is in the log.
-- Everything can be dropped and built again from the log.
-- depends: 0019.tasks

create table funded_post (
    id uuid primary key,
    key text not null unique,
    part text not null,
    municipality text not null,
    stage text not null,
    funded_until date,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

-- What has to be proved of the grant of a year.
create table post_proof (
    post uuid not null,
    year integer not null,
    due date not null,
    is_submitted boolean not null,
    primary key (post, year)
);
