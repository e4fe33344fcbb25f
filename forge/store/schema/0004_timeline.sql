-- What happened to a ticket, as far as somebody asked for it. It is read and
-- written as a whole, so it is one record: a JSON list of model.Event.
CREATE TABLE timelines (
	repo   INTEGER NOT NULL REFERENCES repos(id),
	number INTEGER NOT NULL,
	upto   INTEGER NOT NULL, -- it tells all that the ticket had when it was updated then
	events TEXT NOT NULL,
	PRIMARY KEY (repo, number)
) WITHOUT ROWID;
