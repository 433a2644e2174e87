-- Times are nanoseconds since 1970. Text that is compared or sorted is compared byte by byte in
-- both dialects, so that pages and keys come in the same order everywhere.

-- One row a link. Narrow on purpose: observing ten thousand unchanged tasks moves ten thousand
-- task_at values and must not rewrite what was seen of each.
CREATE TABLE link (
  sync         TEXT ${binary} NOT NULL,
  xid          TEXT ${binary} NOT NULL,
  state        TEXT NOT NULL,
  reason       TEXT NOT NULL,
  ticket_id    TEXT ${binary} NOT NULL,
  ticket_key   TEXT ${binary} NOT NULL,
  created_at   BIGINT NOT NULL,
  state_since  BIGINT NOT NULL,
  due_at       BIGINT,
  attempts     INTEGER NOT NULL,
  intent_at    BIGINT,
  -- When each side was last seen, the hash of its content, and what of it moves without content.
  task_at      BIGINT,
  task_hash    TEXT,
  task_clock   TEXT,
  ticket_at    BIGINT,
  ticket_hash  TEXT,
  ticket_clock TEXT,
  PRIMARY KEY (sync, xid)
);

CREATE INDEX link_by_state      ON link (sync, state, xid);
CREATE INDEX link_by_due        ON link (sync, due_at, xid);
CREATE INDEX link_by_xid        ON link (xid);
CREATE INDEX link_by_ticket_id  ON link (ticket_id, sync);
CREATE INDEX link_by_ticket_key ON link (ticket_key);

-- What belongs to a link and is only ever read whole, as JSON: the task and the ticket as last
-- seen, the task of an intent, the fields.
CREATE TABLE record (
  sync TEXT ${binary} NOT NULL,
  xid  TEXT ${binary} NOT NULL,
  part TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (sync, xid, part),
  FOREIGN KEY (sync, xid) REFERENCES link (sync, xid) ON DELETE CASCADE
);

CREATE TABLE comment_pair (
  sync TEXT ${binary} NOT NULL,
  xid  TEXT ${binary} NOT NULL,
  name TEXT ${binary} NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (sync, xid, name)
);

CREATE TABLE cursor_value (
  name  TEXT ${binary} NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- Outlives the links it speaks of.
CREATE TABLE journal (
  id     ${serial},
  at     BIGINT NOT NULL,
  sync   TEXT ${binary} NOT NULL,
  xid    TEXT ${binary} NOT NULL,
  kind   TEXT NOT NULL,
  field  TEXT NOT NULL,
  detail TEXT NOT NULL
);

CREATE INDEX journal_by_link ON journal (sync, xid, at, id);

-- Holds nothing: whoever writes to a shared PostgreSQL locks it first, so that transactions come
-- one after the other. (SQLite has one writer by nature.)
CREATE TABLE writer (
  empty INTEGER
);
