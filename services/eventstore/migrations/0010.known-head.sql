-- Ways into the log for a process that knows its head, and so made the leaves and the peaks itself.
-- depends: 0003.log-tree

-- Both do what append_to_log does, if the head is where the process left it: with the same peaks it
-- is the same log to its last byte. `moment` is the process's clock, which must not be far from
-- ours, or before the head. They hold the lock on the head from their first statement on, and each
-- later statement sees all that was committed before. False if nothing was written because the
-- head or the clock is elsewhere. The process's peaks are compared with ours for every whole tile.
-- Raises unique_violation and records nothing if a command is known or a stream is elsewhere.

-- The command `n` has the events after those of the one before it, up to `lasts[n]`, counted from 1.
create function append_many_to_known_head(
    size_before bigint, peaks_before bytea, peaks_after bytea, moment timestamptz,
    commands uuid[], digests bytea[], lasts integer[],
    streams uuid[], versions bigint[], topics text[], states bytea[], leaves bytea[]
) returns boolean language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    size_after bigint := size_before + cardinality(leaves);
    receipts integer;
begin
    update log_head set position = size_after, recorded_at = moment, peaks = peaks_after
    where position = size_before and peaks = peaks_before and recorded_at <= moment
        and moment between clock_timestamp() - interval '100 ms'
            and clock_timestamp() + interval '100 ms';
    if not found then
        return false;
    end if;
    insert into receipt
    select command, digest, streams[last], versions[last], size_before + first, size_before + last,
        moment
    from (
        select command, digest, last, lag(last, 1, 0) over (order by place) + 1 as first
        from unnest(commands, digests, lasts) with ordinality as given (command, digest, last, place)
    ) as placed
    where versions[first] = 1 or versions[first] - 1 = (
        select originator_version from event
        where originator_id = streams[first] and originator_version = versions[first] - 1
    );
    get diagnostics receipts = row_count;
    if receipts < cardinality(commands) then
        raise unique_violation using message = 'a stream is no longer at the version seen';
    end if;
    insert into event
        (position, originator_id, originator_version, topic, state, recorded_at, leaf)
    select size_before + place, stream, version, topic, state, moment, leaf
    from unnest(streams, versions, topics, states, leaves) with ordinality
        as given (stream, version, topic, state, leaf, place);
    if size_before / 256 < size_after / 256
            and grow_tree(0, size_before, leaves, peaks_before) <> peaks_after then
        raise exception 'these are not the peaks of the tree over % events', size_after;
    end if;
    perform pg_notify('kreislauf_log', size_after::text);
    return true;
end
$$;

-- One command of one event, without the arrays: those cost a writer alone 25 microseconds or more.
create function append_one_to_known_head(
    size_before bigint, peaks_before bytea, peaks_after bytea, moment timestamptz,
    command uuid, digest bytea, stream uuid, version bigint, topic text, state bytea, leaf bytea
) returns boolean language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    size_after bigint := size_before + 1;
begin
    update log_head set position = size_after, recorded_at = moment, peaks = peaks_after
    where position = size_before and peaks = peaks_before and recorded_at <= moment
        and moment between clock_timestamp() - interval '100 ms'
            and clock_timestamp() + interval '100 ms';
    if not found then
        return false;
    end if;
    if version <> 1 and not exists (
        select from event where originator_id = stream and originator_version = version - 1
    ) then
        raise unique_violation using message = 'a stream is no longer at the version seen';
    end if;
    insert into receipt values (command, digest, stream, version, size_after, size_after, moment);
    insert into event
        (position, originator_id, originator_version, topic, state, recorded_at, leaf)
    values (size_after, stream, version, topic, state, moment, leaf);
    if size_after % 256 = 0
            and grow_tree(0, size_before, array[leaf], peaks_before) <> peaks_after then
        raise exception 'these are not the peaks of the tree over % events', size_after;
    end if;
    perform pg_notify('kreislauf_log', size_after::text);
    return true;
end
$$;
