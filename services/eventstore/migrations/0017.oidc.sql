-- Who is known at an OpenID Connect provider. Not in the log: it is a way in, not a decision.
-- depends: 0016.mail

-- By which a person is known again there. Found once by their e-mail address, then by this.
create table oidc_identity (
    issuer text not null,
    subject text not null,
    account uuid not null,
    linked_at timestamptz not null,
    primary key (issuer, subject),
    unique (issuer, account)
);

create index oidc_identity_by_account on oidc_identity (account);

-- What ends a session here when it ends there. `hint` is the provider's id token, encrypted with
-- the account's own key: shown to the provider when the person signs out there too.
create table oidc_session (
    session uuid primary key references web_session (id) on delete cascade,
    issuer text not null,
    sub text not null,
    sid text,
    hint bytea not null
);

create index oidc_session_by_sub on oidc_session (issuer, sub);

-- Tokens of the provider that were used, by their digest, for as long as they would be taken again.
create table oidc_used_token (
    digest bytea primary key,
    until timestamptz not null
);

create index oidc_used_token_by_time on oidc_used_token (until);
