-- Every event is a leaf of a Merkle tree (RFC 6962), which grows in the transaction that appends.
-- depends: 0002.read-models

-- The hash of the one line that stands for an event: where it is, when it came, what it holds.
-- The topic is last because it may hold spaces.
create function event_leaf(
    place bigint, stream uuid, version bigint, microseconds bigint, state bytea, topic text
) returns bytea language sql stable parallel safe return sha256('\x00'::bytea || convert_to(
    place::text || ' ' || stream::text || ' ' || version::text || ' ' || microseconds::text || ' '
    || encode(sha256(state), 'hex') || ' ' || topic, 'UTF8'));

create function microseconds(moment timestamptz) returns bigint language sql stable parallel safe
return (extract(epoch from moment) * 1000000)::bigint;

-- The peaks of a tree of `size` leaves are the roots of its perfect subtrees, the largest first.
-- A new leaf joins as many of them as the size has ones at its end, as adding one carries.
create function tree_with(size bigint, leaves bytea[], inout peaks bytea) language plpgsql as $$
declare
    node bytea;
    carry bigint;
    last integer := length(peaks) - 31;
begin
    foreach node in array leaves loop
        carry := size;
        while carry & 1 = 1 loop
            node := sha256('\x01'::bytea || substr(peaks, last, 32) || node);
            last := last - 32;
            carry := carry >> 1;
        end loop;
        peaks := substr(peaks, 1, last + 31) || node;
        last := last + 32;
        size := size + 1;
    end loop;
end
$$;

-- A tile holds 256 hashes of one level; its root is one hash of the next. Only whole ones are kept.
create table tile (
    level integer not null,
    index bigint not null,
    hashes bytea not null check (length(hashes) = 8192),
    root bytea not null check (length(root) = 32),
    primary key (level, index)
);

alter table log_head add column peaks bytea not null default '';
alter table event add column leaf bytea check (length(leaf) = 32);

-- Grow the tree of one level by these hashes: a tile that becomes whole is kept, and its root is one
-- hash more for the level above. The peaks are first those of the levels above, then of this one.
create function grow_tree(step integer, size bigint, hashes bytea[], inout peaks bytea)
language plpgsql as $$
declare
    room integer;
    above integer;
    whole bytea;
    root bytea;
begin
    loop
        room := 256 - size % 256;
        if cardinality(hashes) < room then
            peaks := tree_with(size, hashes, peaks);
            return;
        end if;
        above := 32 * bit_count((size / 256)::bit(64));
        root := tree_with(size % 256, hashes[1:room], substr(peaks, above + 1));
        whole := string_agg(hash, ''::bytea order by place)
            from unnest(hashes[1:room]) with ordinality as given (hash, place);
        if room < 256 then
            whole := unfinished_tile(step, size) || whole;
        end if;
        insert into tile (level, index, hashes, root) values (step, size / 256, whole, root);
        peaks := grow_tree(step + 1, size / 256, array[root], substr(peaks, 1, above));
        size := size + room;
        hashes := hashes[room + 1:];
        if hashes = '{}' then
            return;
        end if;
    end loop;
end
$$;

-- The hashes at the end of a level that do not fill a tile.
create function unfinished_tile(step integer, size bigint) returns bytea language plpgsql as $$
begin
    if step = 0 then
        return string_agg(leaf, ''::bytea order by position) from event
        where position > size - size % 256 and position <= size;
    end if;
    return string_agg(tile.root, ''::bytea order by index) from tile
    where level = step - 1 and index >= size - size % 256 and index < size;
end
$$;

-- What was recorded before this migration gets its leaves.
alter table event disable trigger event_is_append_only;
update event set leaf = event_leaf(
    position, originator_id, originator_version, microseconds(recorded_at), state, topic
);
alter table event enable trigger event_is_append_only;
alter table event alter column leaf set not null;
update log_head set
    peaks = grow_tree(0, 0, (select array_agg(leaf order by position) from event), ''::bytea)
where position > 0;

create trigger tile_is_append_only before update or delete or truncate on tile
    for each statement execute function refuse_change();

-- The one way into the log: commands with what they saw of their stream, and their events.
--
-- The lock on the head is held to the end of the transaction, so positions are given in the order
-- of commits and a rolled back append leaves no hole. `first` and `last` count a command's events
-- within this call from 1; a command without events has its `last` before its `first`.
-- Raises unique_violation and records nothing if a command is known or a stream is elsewhere.
create function append_to_log(
    commands uuid[], digests bytea[], command_streams uuid[], seen bigint[],
    firsts integer[], lasts integer[],
    streams uuid[], versions bigint[], topics text[], states bytea[],
    out size_before bigint, out recorded_at timestamptz
) language plpgsql
-- Plans are kept, not made anew for each array; and a kept plan that was made while the tables were
-- small must not read all of them when they have grown.
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    peaks_before bytea;
    peaks_after bytea;
    leaves bytea[];
    size_after bigint;
    micros bigint;
    receipts integer;
begin
    select head.position, greatest(head.recorded_at, clock_timestamp()), head.peaks
    into size_before, append_to_log.recorded_at, peaks_before
    from log_head as head for update;
    micros := microseconds(append_to_log.recorded_at);
    size_after := size_before + cardinality(states);

    -- The first version of a new stream is unique; others must be where the command saw them.
    insert into receipt
    select command, digest, stream, version + last - first + 1,
        size_before + first, size_before + last, append_to_log.recorded_at
    from unnest(commands, digests, command_streams, seen, firsts, lasts)
        as given (command, digest, stream, version, first, last)
    where version = 0 and first <= last or version = coalesce((
        select max(originator_version) from event where originator_id = stream
    ), 0);
    get diagnostics receipts = row_count;
    if receipts < cardinality(commands) then
        raise unique_violation using message = 'a stream is no longer at the version seen';
    end if;
    if size_after = size_before then
        return;
    end if;

    select array_agg(
        event_leaf(size_before + place, stream, version, micros, state, topic) order by place
    ) into leaves
    from unnest(streams, versions, states, topics) with ordinality
        as given (stream, version, state, topic, place);
    insert into event
        (position, originator_id, originator_version, topic, state, recorded_at, leaf)
    select size_before + place, stream, version, topic, state, append_to_log.recorded_at, leaf
    from unnest(streams, versions, topics, states, leaves) with ordinality
        as given (stream, version, topic, state, leaf, place);
    if size_before % 256 + cardinality(leaves) < 256 then
        peaks_after := tree_with(size_before, leaves, peaks_before);
    else
        peaks_after := grow_tree(0, size_before, leaves, peaks_before);
    end if;
    update log_head set
        position = size_after, recorded_at = append_to_log.recorded_at, peaks = peaks_after;
    perform pg_notify('kreislauf_log', size_after::text);
end
$$;
