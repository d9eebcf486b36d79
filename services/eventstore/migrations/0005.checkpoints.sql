-- The ledger's keys, the checkpoints they signed, and who else vouches for those.
-- depends: 0004.subject-keys

-- Its name is the origin of the log. `secret` is wrapped by a master key and gone once the key
-- is retired. A key signs the trees from `from_size` to `until_size`; without `from_size` it is
-- announced, by the command `announced_by`, and `announcement` is signed by the key before it.
create table ledger_key (
    number bigint generated always as identity primary key,
    vkey text not null unique,
    secret bytea,
    announced_by uuid unique,
    announcement text not null default '',
    from_size bigint,
    until_size bigint,
    check ((secret is null) = (until_size is not null)),
    check (until_size is null or from_size <= until_size)
);

create unique index ledger_key_that_signs on ledger_key ((true))
    where from_size is not null and until_size is null;

create unique index ledger_key_to_come on ledger_key ((true)) where from_size is null;

-- `note` is what was signed and the log's own signature, byte for byte.
create table checkpoint (
    size bigint primary key check (size > 0),
    root bytea not null check (length(root) = 32),
    note text not null,
    signed_at timestamptz not null
);

create function refuse_to_shrink() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('kreislauf sealing'));
    if exists (select from checkpoint where size >= new.size) then
        raise exception 'a checkpoint over % events or more is signed already', new.size;
    end if;
    return new;
end
$$;

create trigger checkpoint_grows before insert on checkpoint
    for each row execute function refuse_to_shrink();

-- `line` is the witness' signature line, https://c2sp.org/tlog-cosignature.
create table cosignature (
    size bigint not null references checkpoint,
    witness text not null,
    line text not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (size, witness)
);

create index cosignature_by_witness on cosignature (witness, size);

-- An RFC 3161 response over the bytes of the checkpoint's note.
create table checkpoint_time (
    size bigint primary key references checkpoint,
    response bytea not null,
    received_at timestamptz not null default clock_timestamp()
);

create trigger checkpoint_is_append_only before update or delete or truncate on checkpoint
    for each statement execute function refuse_change();

create trigger cosignature_is_append_only before update or delete or truncate on cosignature
    for each statement execute function refuse_change();

create trigger checkpoint_time_is_append_only before update or delete or truncate
    on checkpoint_time for each statement execute function refuse_change();

-- Checkpoints as they are given to others: with the lines of the witnesses below the log's own.
create view signed_checkpoint as select
    size, root, signed_at,
    note || coalesce((
        select string_agg(line || E'\n', '' order by received_at, witness)
        from cosignature where cosignature.size = checkpoint.size
    ), '') as note,
    exists (select from checkpoint_time where checkpoint_time.size = checkpoint.size)
        as time_stamped
from checkpoint;
