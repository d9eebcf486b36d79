-- What the lists of tasks read.
-- depends: 0018.audit-and-feedback

-- Who adopts, by the policy of the latest round. Null for rounds that were opened before.
alter table concept add column decided_by text;
