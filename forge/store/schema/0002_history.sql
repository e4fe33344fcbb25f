-- The outbox is a history as well: what left it stays, with what became of it.
-- settled numbers these departures, as 'rev' does the writes of tickets; 0 is
-- still in the outbox.

ALTER TABLE outbox ADD COLUMN back    INTEGER NOT NULL DEFAULT 0; -- the action that this one's action takes back
ALTER TABLE outbox ADD COLUMN of      INTEGER NOT NULL DEFAULT 0; -- the id of what it reverses or makes again
ALTER TABLE outbox ADD COLUMN gone    INTEGER NOT NULL DEFAULT 0; -- the action that took it back
ALTER TABLE outbox ADD COLUMN comment INTEGER NOT NULL DEFAULT 0; -- the forge's number of the comment that it made
ALTER TABLE outbox ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;

UPDATE outbox SET settled = 1 WHERE status = 'sent';
INSERT INTO facts VALUES ('settled', 1);

DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (id) WHERE settled = 0;
CREATE INDEX outbox_settled ON outbox (settled) WHERE settled > 0;
CREATE INDEX outbox_actions ON outbox (action) WHERE back = 0;
