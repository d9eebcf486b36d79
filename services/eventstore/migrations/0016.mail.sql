-- Mails on their way: who is to be told what, in ids. No names, no addresses, no texts: those are
-- looked up when a mail is sent.
-- depends: 0015.directory

-- `key` names what is told to whom, so that nobody is told twice; `facts` are ids, days, counts.
-- `secret` is the token of a one-time link, encrypted with the person's key, and gone once sent.
-- A `claim` holds until `claimed_until`. `handed_at` is when its handing over to the server began;
-- `uncertain`: a connection was lost while it was handed over, so it may arrive twice, with one
-- Message-ID. `digest` is the mail in which this one is told with others.
create table mail (
    id uuid primary key,
    number bigint generated always as identity unique,
    key text not null unique,
    account uuid not null,
    template text not null,
    facts jsonb not null,
    secret bytea,
    state text not null check (state in
        ('queued', 'sending', 'sent', 'dead', 'discarded', 'collected', 'gathered')),
    queued_at timestamptz not null,
    next_at timestamptz not null,
    good_until timestamptz not null,
    attempts integer not null default 0,
    claim uuid,
    claimed_until timestamptz,
    handed_at timestamptz,
    uncertain boolean not null default false,
    sent_at timestamptz,
    trouble text not null default '',
    answer text not null default '',
    digest uuid,
    handled_by text not null default '',
    handled_at timestamptz,
    reason text not null default ''
);

create index mail_on_its_way on mail (next_at) where state in ('queued', 'sending', 'collected');

create index mail_by_account on mail (account);

create index mail_by_state on mail (state, number);

create index mail_by_digest on mail (digest) where digest is not null;

-- How and in which language a person wants to be told. Without a row: at once, in German.
create table mail_choice (
    account uuid primary key,
    rhythm text not null,
    language text not null,
    changed_at timestamptz not null
);

-- When a postman was last at work, and what keeps mails from the server since when.
create table mail_way (
    is_the_way boolean primary key default true check (is_the_way),
    seen_at timestamptz not null,
    trouble text not null default '',
    troubled_since timestamptz
);
