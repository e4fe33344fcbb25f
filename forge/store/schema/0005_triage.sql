-- When tickets were first triaged, as their timelines on the forge tell: asked
-- once for each, for a label that was taken off again leaves no other trace.
CREATE TABLE triage (
	repo   INTEGER NOT NULL REFERENCES repos(id),
	number INTEGER NOT NULL,
	at     INTEGER NOT NULL, -- 0: asked, and the forge does not tell
	PRIMARY KEY (repo, number)
) WITHOUT ROWID;
