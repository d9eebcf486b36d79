-- How far long loads are, for whoever started them. Progress only, nothing of persons: what a load
-- records is in the log. A row whose process is gone is found by its heartbeat.
-- depends: 0011.assessments

create table operation (
    id uuid primary key,
    account text not null,
    kind text not null,
    round uuid not null,
    rows integer not null,
    classes integer not null,
    done integer not null default 0,
    unchanged integer not null default 0,
    -- The class and the code of the rule that was against it, never a value.
    refused jsonb not null default '[]',
    position bigint not null default 0,
    state text not null,
    started_at timestamptz not null,
    alive_at timestamptz not null
);

create index operation_by_account on operation (account, started_at);
