-- Searches for courses that companies could fill together: how far each is, and what it found.
-- Numbers and codes only, for whoever asked, for a day; nothing of it is a decision.
-- depends: 0035.course-pools

-- The state is waiting, running, done, failed, cancelled or interrupted; `code` says why it failed.
create table pool_search (
    id uuid primary key,
    account text not null,
    state text not null,
    code text not null default '',
    result jsonb,
    longest double precision not null,
    started_at timestamptz not null,
    alive_at timestamptz not null
);

create index pool_search_by_start on pool_search (started_at);
