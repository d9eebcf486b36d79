-- What pages and the API read of resolutions and need reviews.
-- Everything can be dropped and built again from the log.
-- depends: 0019.tasks

-- `standing` is what has become of it, `kind` and `about` what its mandate asks for: the concept to
-- adopt, the group to dissolve, the resolution to revoke. `named` are the organisations that are to
-- form a group. `shown` is what the latest of the sessions it was `shown_to` was told has become of
-- it. `place` is the log position at which it was passed.
create table resolution (
    id uuid primary key,
    body text not null,
    session uuid not null,
    number integer not null,
    item uuid not null,
    themes uuid[] not null,
    title text not null,
    reference text not null,
    decided_at timestamptz not null,
    kind text not null,
    about uuid,
    named text[] not null,
    owner text not null,
    due timestamptz,
    standing text not null,
    result uuid,
    shown text,
    shown_to uuid[] not null default '{}',
    place bigint not null unique,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index resolution_by_time on resolution (decided_at, place);

create index resolution_by_body on resolution (body, decided_at);

create index resolution_by_session on resolution (session);

create index resolution_by_owner on resolution (owner) where standing in ('open', 'overdue');

create index resolution_by_subject on resolution (about) where standing in ('open', 'overdue');

-- `meetings` are the evidence meetings that count, `place` is the log position of its opening.
create table need_review (
    id uuid primary key,
    question text not null,
    fields text[] not null,
    resolution uuid,
    school_year text not null,
    key text not null,
    stage text not null,
    outcome text,
    meetings integer not null default 0,
    opened_at timestamptz not null,
    place bigint not null unique,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index need_review_by_time on need_review (opened_at, place);

-- `session` and `item` are where it is or was before the body.
create table need_review_proposal (
    review uuid not null,
    proposal integer not null,
    version integer not null,
    title text not null,
    stage text not null,
    session uuid,
    item uuid,
    resolution uuid,
    primary key (review, proposal)
);

create index need_review_proposal_by_item on need_review_proposal (session, item);
