-- Who still has to vote in writing. Everything can be dropped and built again from the log.
-- depends: 0021.sessions

-- While a vote in writing runs: one row for each item and seat that was asked.
create table ballot_asked (
    session uuid not null,
    item uuid not null,
    seat text not null,
    is_conflicted boolean not null default false,
    has_voted boolean not null default false,
    primary key (session, item, seat)
);

-- Seats whose holder said that they would not come, or not vote in writing.
create table announced_absence (
    session uuid not null,
    seat text not null,
    primary key (session, seat)
);

-- Of votes that run already this is read from the log, with the rest of the view.
truncate steering_session, agenda_item, session_vote;
delete from tracking where name = 'sessions';
