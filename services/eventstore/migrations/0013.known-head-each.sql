-- The way into the log for commands of one event each, as most are, that come together.
-- depends: 0012.operations

-- As append_many_to_known_head, but the command `n` has the event `n`: nothing says which events
-- belong together, and nobody has to work it out. That saves a tenth of the database's time.
create function append_each_to_known_head(
    size_before bigint, peaks_before bytea, peaks_after bytea, moment timestamptz,
    commands uuid[], digests bytea[],
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
    select command, digest, stream, version, size_before + place, size_before + place, moment
    from unnest(commands, digests, streams, versions) with ordinality
        as given (command, digest, stream, version, place)
    where version = 1 or version - 1 = (
        select originator_version from event
        where originator_id = stream and originator_version = version - 1
    );
    get diagnostics receipts = row_count;
    if receipts < cardinality(leaves) then
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
