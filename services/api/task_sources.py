"""Where tasks come from: one question to the read models, for all roles at once."""

TASKS = """
    with missing as (
        select concept, count(*) filter (where answered_at is null) as count,
            array_agg(organisation order by organisation) filter (where answered_at is null)
                as organisations
        from request where is_open group by concept
    ), expected as (
        select taking.round, taking.college, coalesce(extended_to, this.closes_at) as due,
            this.title, this.changed_at, count(expected.id) as classes,
            count(expected.id) filter (where not coalesce(submitted or released, false)) as count,
            array_agg(expected.name order by expected.name)
                filter (where not coalesce(submitted or released, false)) as names
        from round_college as taking
        join assessment_round as this on this.id = taking.round and this.state = 'open'
        left join training_class as expected on expected.college = taking.college
            and expected.school_year = this.school_year and not withdrawn
            and (this.first is null or exists (
                select from class_sitting as before
                where before.class = expected.id and before.round = this.first and before.released
            ))
        left join class_sitting as sitting
            on sitting.class = expected.id and sitting.round = taking.round
        where taking.college = any($6) or $4
        group by taking.round, taking.college, extended_to, this.closes_at, this.title,
            this.changed_at
    ), sitting as (
        select held.body, held.seat, held.person, held.capacity, seat.kind = 'member' as votes
        from body_appointment as held join body_seat as seat using (body, seat)
        where held.since <= $8::date and (held.until is null or held.until >= $8::date)
            and seat.since <= $8::date and (seat.until is null or seat.until >= $8::date)
    ), found as (
        select 'answer-request' as kind, concept.id::text as target, request.round as number,
            concept.municipality, request.organisation, '' as title, request.due,
            null::timestamptz as since, cardinality(request.sections)::bigint as count,
            request.sections as names
        from request join concept on concept.id = request.concept
        where request.is_open and answered_at is null and organisation = any($2)
        union all
        select case stage when 'drafting' then 'draft-concept' else 'revise-concept' end,
            id::text, null, municipality, null, '', null, changed_at, 1, null
        from concept where stage in ('drafting', 'revising') and municipality = any($3)
        union all
        select case stage when 'submitted' then 'open-consultation'
                when 'agreed' then 'adopt-concept' else 'publish-concept' end,
            id::text, null, municipality, null, '', null, changed_at, 1, null
        from concept
        where (stage in ('submitted', 'agreed', 'adopted') and $4) or (stage = 'agreed' and $5
            and coalesce(decided_by, 'steering-group') = 'steering-group')
        union all
        select case when coalesce(missing.count, 0) = 0 then 'close-round'
                else 'missing-answers' end,
            concept.id::text, concept.round, municipality, null, '', due, null,
            coalesce(missing.count, 0), organisations
        from concept left join missing on missing.concept = concept.id
        where stage = 'consulting' and $4 and (due <= $9 or coalesce(missing.count, 0) = 0)
        union all
        select 'review-concept', id::text, null, municipality, null, '', review_at, null, 1, null
        from concept where stage = 'published' and review_at <= $8 and $4
        union all
        select 'open-concepts', '', null, null, null, edition.edition, null, published_at,
            count(*), array_agg(municipality.name order by municipality.name)
        from (select * from framework_edition order by published_at desc limit 1) as edition
        join municipality on (ags = any($13) or county_is_employer and ags <> all($14))
            and not exists (
            select from concept where municipality = ags and concept.edition = edition.edition)
        where $4 group by edition.edition, published_at
        union all
        select case when classes = 0 then 'register-classes' else 'missing-classes' end,
            round::text, null, null, college, title, due, null, count, names
        from expected where college = any($6) and (classes = 0 or count > 0)
        union all
        select 'missing-colleges', round::text, null, null, null, title, min(due), null,
            sum(count)::bigint, array_agg(distinct college)
        from expected where $4 and count > 0 and due <= $9 group by round, title
        union all
        select 'read-results', this.id::text, null, null, training_class.college, this.title,
            null, this.changed_at, count(*), array_agg(name order by name)
        from class_sitting join training_class on training_class.id = class_sitting.class
        join assessment_round as this on this.id = class_sitting.round
        where class_sitting.released and training_class.college = any($6) and not withdrawn
            and this.state in ('released', 'compared') and this.changed_at > $10
        group by this.id, this.title, this.changed_at, training_class.college
        union all
        select 'approve-instrument', instrument.key, instrument_version.version, null, null,
            instrument.title, null, instrument_version.changed_at, 1, null
        from instrument_version join instrument on instrument.key = instrument_version.instrument
        where state = 'submitted' and author <> $1 and ($4 or $11)
        union all
        select 'retention-cases', '', null, null, null, '', min(due)::timestamp at time zone 'UTC',
            null, count(*), null
        from retention_case as file
        where (stage = 'proposed' and ($4 or $7) or stage = 'answered' and $7)
            and (postponed_until is null or postponed_until <= $8::date)
            and not exists (select from legal_hold where legal_hold.person = file.person)
        having count(*) > 0
        union all
        select 'bundle-findings', '', null, null, null, '', null, min(reported_at), count(*),
            array_agg(distinct municipality.name order by municipality.name)
        from finding left join municipality on ags = municipality
        where $4 and stage = 'reported' and reported_at <= $12 having count(*) > 0
        union all
        select 'propose-items', id::text, null, null, null, title, called_until, null, 1, null
        from steering_session as session
        where stage = 'scheduled' and called_until > $8 and exists (
            select from body join body_appointment as held on held.body = body.id
            where body.key = session.body and held.person = $1
                and held.since <= $8::date and (held.until is null or held.until >= $8::date))
        union all
        select 'cast-ballot', session.id::text, null, null, null, session.title,
            session.closes_at, null, count(distinct asked.item), array_agg(distinct item.title)
        from steering_session as session join ballot_asked as asked on asked.session = session.id
        join agenda_item as item on item.session = session.id and item.item = asked.item
        join body on body.key = session.body
        join sitting as held on held.body = body.id and held.seat = asked.seat
        left join announced_absence as away
            on away.session = session.id and away.seat = asked.seat
        where $5 and held.person = $1 and session.stage = 'circulating'
            and session.closes_at > $8 and not asked.is_conflicted and not asked.has_voted
            and case held.capacity when 'holder' then away.seat is null else
                (away.seat is not null or not exists (select from sitting as holder
                    where holder.body = body.id and holder.seat = asked.seat
                        and holder.capacity = 'holder'))
                and not exists (select from sitting as own where own.body = body.id
                    and own.person = $1 and own.capacity = 'holder' and own.votes) end
        group by session.id, session.title, session.closes_at
        union all
        select case stage when 'held' then 'draft-minutes' when 'drafted' then 'approve-minutes'
                else 'release-minutes' end,
            id::text, null, null, null, title, null, changed_at, 1, null
        from steering_session where stage in ('held', 'drafted', 'approved') and $4
        union all
        select 'record-resolutions', session.id::text, null, null, null, session.title, null,
            max(vote.at), count(*), array_agg(item.title order by item.number)
        from session_vote as vote join steering_session as session on session.id = vote.session
        join agenda_item as item on item.session = vote.session and item.item = vote.item
        where $4 and vote.decided = 'adopted' and session.stage in ('held', 'drafted', 'approved',
            'released') and not exists (select from resolution
                where resolution.session = vote.session and resolution.number = vote.number)
        group by session.id, session.title
        union all
        select 'fulfil-mandate', id::text, null, null, owner,
            coalesce(nullif(reference, ''), title), due, null, 1, null
        from resolution
        where standing in ('open', 'overdue') and (owner = any($2) or $4 and standing = 'overdue')
        union all
        select 'call-meeting', id::text, null, null, lead, title, null, call_since, 1, null
        from working_group where call_since is not null and ($4 or lead = any($2 || $6))
        union all
        select 'record-meeting', this.id::text, meeting, null, lead, title, null, starts_at, 1, null
        from group_meeting as met join working_group as this on this.id = met.working_group
        where met.stage = 'called' and this.stage = 'working' and starts_at <= $8
            and ($4 or lead = any($2 || $6))
        union all
        select 'fulfil-agreement', this.id::text, agreement, null, owner, title, due, null, 1,
            array[agreed.text]
        from group_agreement as agreed join working_group as this on this.id = agreed.working_group
        where agreed.stage = 'open'
            and (owner = any($2 || $6) or is_overdue and ($4 or lead = any($2 || $6)))
        union all
        select case when holder_kind <> 'coordination' then 'chase-report'
                when what in ('acknowledge', 'triage', 'place', 'conclude') then what || '-report'
                else 'follow-up-report' end,
            id::text, null, nullif(municipality, ''), nullif(holder_organisation, ''), reference,
            due, null, 1, null
        from company_report
        where $4 and case when holder_kind <> 'coordination' then due <= $8
            else what in ('acknowledge', 'triage') or due <= $9 end
        union all
        select 'answer-referral', id::text, null, nullif(municipality, ''), holder_organisation,
            reference, due, null, 1, null
        from company_report where holder_kind = 'partner' and holder_organisation = any($2)
        union all
        select case when count(*) filter (where member.standing = 'asked') > 0 then 'chase-pool'
                else 'settle-pool' end,
            pool.id::text, null, nullif(pool.municipality, ''), null, '', null,
            coalesce(min(member.asked_at) filter (where member.standing = 'asked'),
                pool.changed_at),
            count(*) filter (where member.standing = 'asked'),
            array_agg(reference order by reference) filter (where member.standing = 'asked')
        from course_pool as pool join course_pool_member as member on member.pool = pool.id
        join company_report as report on report.id = member.report
        where $4 and pool.standing = 'proposed'
        group by pool.id having count(*) filter (where member.standing = 'asked') = 0
            or min(member.asked_at) filter (where member.standing = 'asked') <= $15
        union all
        select 'confirm-offers', '', null, null, organisation.key, '',
            min(expires)::timestamp at time zone 'UTC', null, count(*), null
        from course_offer join organisation on organisation.name = btrim(provider)
        where organisation.key = any($2) and stage = 'offered' and starts_on > $8::date
            and coalesce(apply_until >= $8::date, true) and expires <= $9::date
        group by organisation.key
        union all
        select 'undelivered-mail', '', null, null, null, '', null, min(queued_at), count(*), null
        from mail where state = 'dead' and $7 having count(*) > 0
    )
    select found.*, municipality.name as municipality_name, organisation.name as organisation_name
    from found left join municipality on ags = found.municipality
    left join organisation on organisation.key = found.organisation
    order by due nulls last, since nulls last, kind, municipality.name, target
"""
"""Account, organisations, municipalities, is coordinator, is of the steering group, colleges, is
administrator, now, soon, lately, is expert, long ago for a finding that waits; where posts say
that the county employs the case managers, and where they say that it does not; since when
a company has not answered that is pointed out."""
