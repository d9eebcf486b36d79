-- What companies reported, for lists, tasks and figures. Nothing personal is here: company and
-- contact are sealed in the log, and `described` is the position where they stand. So the figures
-- stay when a contact is erased.
-- depends: 0029.open-files

-- Who holds it: `holder_kind` is coordination, partner or company, and null once nobody has to do
-- anything. `what` is what the holder is to do until `due`; `level` is how often it was escalated.
-- `submitted` is the log position of the report.
create table company_report (
    id uuid primary key,
    reference text not null,
    channel text not null,
    language text not null,
    stage text not null,
    priority text not null default 'normal',
    holder_kind text,
    holder_organisation text not null default '',
    holder_account text not null default '',
    what text,
    held_since timestamptz,
    due timestamptz,
    level integer not null default 0,
    municipality text not null,
    trade text not null,
    size text not null,
    chamber text not null,
    learners integer not null,
    pooling boolean not null,
    consent text[] not null,
    submitted bigint not null,
    submitted_at timestamptz not null,
    acknowledged_at timestamptz,
    triaged_at timestamptz,
    answered_at timestamptz,
    starts_on date,
    ends_on date,
    closed_at timestamptz,
    outcome text,
    served integer,
    offer uuid,
    pool uuid,
    described bigint not null,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index company_report_by_submission on company_report (submitted);

create index company_report_by_reference on company_report (reference);

create index company_report_by_due on company_report (due) where due is not null;

create index company_report_by_position on company_report (position);

-- `place` counts from 0 as the groups stand in the report.
create table company_report_group (
    report uuid not null,
    place integer not null,
    learners integer not null,
    status text not null,
    present text not null,
    wanted text not null,
    primary key (report, place)
);

-- To whom it was referred; `referred` is the log position of that. The stage is open, accepted,
-- declined, information or recalled.
create table company_report_referral (
    report uuid not null,
    referred bigint not null,
    organisation text not null,
    referred_at timestamptz not null,
    due timestamptz not null,
    stage text not null,
    answered_at timestamptz,
    primary key (report, referred)
);

create index company_report_referral_by_organisation on company_report_referral (organisation);
