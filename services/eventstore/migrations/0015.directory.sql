-- Where people are reached, and who stands in for them. Built from the log, but for the key.
-- depends: 0014.sign-in

-- `position` is that of the event with the address, which is in the log only. `digest` is its
-- HMAC-SHA256 under the key below: it finds an address, and shows none.
create table account_address (
    account uuid primary key,
    position bigint not null,
    digest bytea not null
);

create index account_address_by_digest on account_address (digest, position);

-- A random key, wrapped by the master key.
create table address_key (
    is_the_one boolean primary key default true check (is_the_one),
    secret bytea not null
);

-- `position` is that of the event with the reason.
create table account_substitution (
    id uuid primary key,
    account uuid not null,
    substitute uuid not null,
    roles text[] not null,
    since timestamptz not null,
    until timestamptz not null,
    ended_at timestamptz,
    position bigint not null
);

create index account_substitution_by_account on account_substitution (account);

create index account_substitution_by_substitute on account_substitution (substitute);
