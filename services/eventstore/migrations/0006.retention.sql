-- Where the files of people are on their way to erasure, and what holds them.
-- depends: 0005.checkpoints

-- Without a proposal, `retention_class`, `closed_on` and `due` are null: there is a hold only.
create table retention_case (
    person uuid primary key,
    stage text not null,
    retention_class text,
    closed_on date,
    due date,
    postponed_until date,
    answer_due timestamptz,
    answer text,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index retention_case_by_due on retention_case (due, person);

-- `position` is that of the event with the reason.
create table legal_hold (
    person uuid not null,
    hold uuid not null,
    position bigint not null,
    placed_at timestamptz not null,
    primary key (person, hold)
);
