-- What everybody may see of the county's bodies (OParl 1.1). Built from the log.
-- depends: 0019.tasks

-- What the log says so far about a session, a body or an organisation, also what is not public.
create table oparl_source (
    kind text not null,
    key text not null,
    state text not null,
    primary key (kind, key)
);

-- One row for each object that was ever public; `content` as it is answered, but for addresses and
-- for the name of the `account`, which is in the log only. `source`: what it follows from.
-- `organization`: in whose list it stands. `text`: what a file has in it.
create table oparl_object (
    path text primary key,
    kind text not null,
    source text not null,
    created timestamptz not null,
    modified timestamptz not null,
    deleted boolean not null,
    organization text,
    account text,
    text text,
    content text not null
);

create index oparl_object_by_kind on oparl_object (kind, created, path);

create index oparl_object_by_source on oparl_object (source);
