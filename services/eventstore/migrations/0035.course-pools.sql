-- Courses that several companies fill together, for lists, tasks and the status page of a company.
-- Nothing personal is here: who the companies are, and why one left, stands in the log.
-- Everything can be dropped and built again from the log.
-- depends: 0031.company-reports 0034.funded-posts

-- The standing is proposed, formed or dissolved; `proposed` is the log position of the proposal.
create table course_pool (
    id uuid primary key,
    course_type text not null,
    level text not null,
    municipality text not null,
    starts_on date not null,
    minimum integer not null,
    maximum integer not null,
    offer uuid,
    standing text not null,
    proposed bigint not null,
    proposed_at timestamptz not null,
    formed_at timestamptz,
    dissolved_at timestamptz,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null
);

create index course_pool_by_proposal on course_pool (proposed);

-- The standing is asked, agreed, declined or removed; `asked` is the log position of the event
-- that put the report in at last. Only who is asked or has agreed counts.
create table course_pool_member (
    pool uuid not null,
    report uuid not null,
    learners integer not null,
    standing text not null,
    asked bigint not null,
    asked_at timestamptz not null,
    answered_at timestamptz,
    by_telephone boolean not null,
    primary key (pool, report)
);

create index course_pool_member_by_report on course_pool_member (report, asked);
