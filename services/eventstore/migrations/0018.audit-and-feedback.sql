-- What auditors have done for them, and what people report about the pages. Neither is in the log.
-- depends: 0017.oidc

-- How far a check or an export of the log is, and what came of it: nothing about people.
create table audit_task (
    id uuid primary key,
    account text not null,
    kind text not null,
    state text not null,
    done bigint not null default 0,
    whole bigint not null,
    result jsonb not null default '{}',
    started_at timestamptz not null,
    alive_at timestamptz not null
);

create index audit_task_by_account on audit_task (account, started_at);

-- `address` is an e-mail address for an answer, if the person wants one; it goes when all is done.
create table feedback (
    id uuid primary key,
    at timestamptz not null,
    kind text not null,
    page text not null,
    text text not null,
    address text not null,
    done_at timestamptz,
    done_by text
);

create index feedback_by_time on feedback (at);
