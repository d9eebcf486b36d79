-- Courses that companies can be offered, as their sources said last; nothing in them is personal.
-- Everything can be dropped and built again from the log.
-- depends: 0029.open-files

-- `stage` is offered or withdrawn; how an offer stands on a day follows from its dates and seats.
create table course_offer (
    id uuid primary key,
    source text not null,
    key text not null,
    course_type text not null,
    provider text not null,
    title text not null,
    form text not null,
    municipality text not null,
    place text not null,
    starts_on date not null,
    ends_on date,
    apply_until date,
    weekdays integer[] not null,
    begins text not null,
    ends text not null,
    units integer,
    seats integer,
    booked integer,
    price integer,
    url text not null,
    from_level text,
    to_level text,
    as_of date not null,
    expires date not null,
    stage text not null,
    version bigint not null,
    position bigint not null,
    changed_at timestamptz not null,
    unique (source, key)
);

create index course_offer_by_start on course_offer (starts_on, id);

create index course_offer_by_type on course_offer (course_type, starts_on);

create index course_offer_by_position on course_offer (position);
