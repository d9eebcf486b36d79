-- Who signs in and is signed in at the pages. Not in the log: that somebody looks is no decision.
-- depends: 0013.known-head-each

-- `digest` is the SHA-256 of what the browser keeps; `csrf` is what forms of this session carry.
create table web_session (
    id uuid primary key,
    digest bytea not null unique,
    account uuid not null,
    csrf text not null,
    method text not null,
    device text not null,
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    ended_at timestamptz
);

create index web_session_by_account on web_session (account, started_at);

-- The argon2id hash of each account's password.
create table credential (
    account uuid primary key,
    hash text not null,
    changed_at timestamptz not null
);

-- The secret of the one-time codes, encrypted with the account's own key. It counts once it is
-- confirmed; `last_step` is the last interval whose code was taken, so that none is taken twice.
create table second_factor (
    account uuid primary key,
    secret bytea not null,
    made_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0
);

create table recovery_code (
    account uuid not null,
    digest bytea not null,
    used_at timestamptz,
    primary key (account, digest)
);

-- `digest` is the SHA-256 of what is in the link; `target` the page it leads to.
create table one_time_link (
    digest bytea primary key,
    purpose text not null,
    account uuid not null,
    target text not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

create index one_time_link_by_account on one_time_link (account, purpose);

-- How often something failed in a row, by a digest of who tries, and until when nothing is taken.
-- Losing it in a crash costs nothing but a few more attempts.
create unlogged table attempt (
    key bytea primary key,
    failures integer not null,
    last_at timestamptz not null,
    blocked_until timestamptz
);

-- When a bucket will have run dry again: what is asked too often is refused until then.
create unlogged table rate_limit (
    key bytea primary key,
    empty_at timestamptz not null
);

-- What happened at the door. `account` is whom it is about, `by` who did it, `origin` the network
-- they came from, with the last part of the address left out. Never a name, a secret, or what was
-- typed.
create table security_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    happening text not null,
    account uuid,
    by text not null,
    method text not null,
    origin text not null,
    correlation text not null
);

create index security_log_by_account on security_log (account, id);

create index security_log_by_time on security_log (at);
