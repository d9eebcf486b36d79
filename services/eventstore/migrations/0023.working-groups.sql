-- What lists, tasks and rights read of working groups; what was said and agreed is in the log.
-- Everything can be dropped and built again from the log.
-- depends: 0019.tasks

-- `call_since` is the moment at which its lead was reminded to call the next meeting, until then.
create table working_group (
    id uuid primary key,
    body text not null,
    resolution uuid not null,
    title text not null,
    lead text not null,
    stage text not null,
    since date not null,
    until date,
    call_since timestamptz,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index working_group_by_title on working_group (title, id);

-- In the group on both days and between; `until` a day before `since`: it never was. `place` is the
-- log position at which it joined.
create table group_membership (
    working_group uuid not null,
    organisation text not null,
    part text not null,
    since date not null,
    until date,
    place bigint not null,
    primary key (working_group, organisation, place)
);

create index group_membership_by_organisation on group_membership (organisation);

create table group_meeting (
    working_group uuid not null,
    meeting integer not null,
    stage text not null,
    starts_at timestamptz not null,
    primary key (working_group, meeting)
);

-- `place` is the log position at which it was made.
create table group_agreement (
    working_group uuid not null,
    agreement integer not null,
    meeting integer not null,
    text text not null,
    owner text not null,
    due timestamptz not null,
    stage text not null,
    is_overdue boolean not null default false,
    place bigint not null unique,
    primary key (working_group, agreement)
);

create index group_agreement_by_owner on group_agreement (owner, stage);

-- What came of an agreement.
create table agreement_consequence (
    working_group uuid not null,
    agreement integer not null,
    consequence uuid not null,
    kind text not null,
    primary key (working_group, agreement, consequence)
);

create index agreement_consequence_by_subject on agreement_consequence (consequence);

create table group_report (
    working_group uuid not null,
    report integer not null,
    session uuid not null,
    primary key (working_group, report)
);
