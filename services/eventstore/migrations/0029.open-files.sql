-- Files of the open data are PDF/A, kept as they were made; their text is in the object.
-- depends: 0025.oparl

alter table oparl_object drop column text, add column file bytea;

-- The files that are public already are made anew from the log.
truncate oparl_source, oparl_object;
delete from tracking where name = 'oparl';
