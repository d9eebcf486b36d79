-- The folded states of long streams, to save time. They may be deleted at any moment.
-- depends: 0003.log-tree

-- `fold` names the code that folded; a state of other code is not looked at. `sealed` is wrapped
-- by a master key, so that nobody reads it or puts another state in its place.
create table snapshot (
    stream uuid primary key,
    version bigint not null,
    fold text not null,
    sealed bytea not null,
    taken_at timestamptz not null default clock_timestamp()
);
