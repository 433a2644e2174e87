-- How often an operator, or a change of the configuration, decided something about the link: a look
-- that began before does not write over it.
ALTER TABLE link ADD COLUMN decisions BIGINT NOT NULL DEFAULT 0;
