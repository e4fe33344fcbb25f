-- A store as docket of schema version 1 left it: its schema, and what a person
-- had done by then. It is never changed.

-- Times are seconds since 1970 in UTC; 0 is never. Text is as the forge sent it.

CREATE TABLE repos (
	id    INTEGER PRIMARY KEY,
	name  TEXT NOT NULL UNIQUE, -- owner/name
	state TEXT NOT NULL,        -- forge.RepoState as JSON
	team  TEXT NOT NULL         -- logins whose comments are the team's, as a JSON list
);

-- The open tickets of a repository lie side by side, so that loading a board
-- reads only pages that hold its tickets, however long the history is.
CREATE TABLE tickets (
	repo   INTEGER NOT NULL REFERENCES repos(id),
	closed INTEGER NOT NULL, -- when it was closed; 0: open
	number INTEGER NOT NULL,
	rev    INTEGER NOT NULL, -- the write that made it what it is
	card   BLOB NOT NULL,    -- all that a card shows; see card.go
	PRIMARY KEY (repo, closed, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX tickets_by_number ON tickets (repo, number);
CREATE UNIQUE INDEX tickets_by_rev ON tickets (rev);

-- Tickets that the forge no longer has, so that other processes learn of it.
CREATE TABLE gone (
	repo   INTEGER NOT NULL REFERENCES repos(id),
	number INTEGER NOT NULL,
	rev    INTEGER NOT NULL,
	PRIMARY KEY (repo, number)
) WITHOUT ROWID;

CREATE TABLE bodies (
	id     INTEGER PRIMARY KEY,
	repo   INTEGER NOT NULL REFERENCES repos(id),
	number INTEGER NOT NULL,
	body   TEXT NOT NULL,
	UNIQUE (repo, number)
);

-- Comments may come before their ticket.
CREATE TABLE comments (
	repo    INTEGER NOT NULL REFERENCES repos(id),
	id      INTEGER NOT NULL, -- the forge's
	number  INTEGER NOT NULL, -- the ticket's
	login   TEXT NOT NULL,
	name    TEXT NOT NULL,
	created INTEGER NOT NULL,
	updated INTEGER NOT NULL,
	body    TEXT NOT NULL,
	PRIMARY KEY (repo, id)
);
-- Answers who spoke last on a ticket without reading a comment.
CREATE INDEX comments_by_ticket ON comments (repo, number, login, created);

-- Tickets of which all comments came at once.
CREATE TABLE threads (
	repo   INTEGER NOT NULL REFERENCES repos(id),
	number INTEGER NOT NULL,
	PRIMARY KEY (repo, number)
) WITHOUT ROWID;

-- What the person wants. Entries that were sent stay as history.
CREATE TABLE outbox (
	id      INTEGER PRIMARY KEY,
	action  INTEGER NOT NULL, -- the id of the first edit of the same action
	repo    TEXT NOT NULL,
	number  INTEGER NOT NULL,
	change  TEXT NOT NULL,    -- see model.EncodeChange
	made    INTEGER NOT NULL, -- nanoseconds since 1970
	by      TEXT NOT NULL,
	status  TEXT NOT NULL,    -- see model.Status
	tries   INTEGER NOT NULL,
	tried   INTEGER NOT NULL, -- nanoseconds since 1970; 0: never
	problem TEXT,             -- JSON
	theirs  TEXT,             -- JSON
	sent    INTEGER NOT NULL DEFAULT 0 -- when it arrived
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE status <> 'sent';

CREATE TABLE drafts (
	key  TEXT PRIMARY KEY,
	text TEXT NOT NULL
) WITHOUT ROWID;

-- Single values: 'rev', the number of the latest write of tickets; 'me', the
-- person whose board it is.
CREATE TABLE facts (
	name  TEXT PRIMARY KEY,
	value NOT NULL
) WITHOUT ROWID;
INSERT INTO facts VALUES ('rev', 0);

INSERT INTO repos VALUES (1, 'infra/tickets', '{"Name":"infra/tickets","OpenDone":true}', '["grace"]');
INSERT INTO outbox (id, action, repo, number, change, made, by, status, tries, tried, problem, theirs, sent) VALUES
	(1, 1, 'infra/tickets', 7, '{"kind":"gain","body":{"From":"none","To":"low"}}', 1778068800000000000, 'grace', 'sent', 1, 1778068801000000000, NULL, NULL, 1778068801),
	(2, 1, 'infra/tickets', 7, '{"kind":"comment","body":{"Text":"Which host?"}}', 1778068800000000000, 'grace', 'sent', 1, 1778068802000000000, NULL, NULL, 1778068802),
	(3, 3, 'infra/tickets', 8, '{"kind":"pain","body":{"From":"none","To":"high"}}', 1778068860000000000, 'grace', 'clash', 0, 0,
		'{"Op":"send a change to infra/tickets#8","Kind":"clash","Detail":"","Until":"0001-01-01T00:00:00Z","Place":"","Err":null}',
		'{"Value":"low","By":{"Login":"ken","Name":""},"At":"2026-05-06T12:01:00Z"}', 0),
	(4, 4, 'infra/tickets', 9, '{"kind":"comment","body":{"Text":"so"}}', 1778068920000000000, 'grace', 'sending', 1, 1778068921000000000, NULL, NULL, 0),
	(5, 5, 'infra/tickets', 9, '{"kind":"close","body":{"At":"2026-05-06T12:03:00Z"}}', 1778068980000000000, 'grace', 'pending', 0, 0, NULL, NULL, 0);
INSERT INTO drafts VALUES ('comment 7', 'Have you tried');
INSERT INTO facts VALUES ('me', '{"Login":"grace","Name":"Grace"}');
