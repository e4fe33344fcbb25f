-- What tickets are searched by: for each, its title, body and comments in the
-- form that query.Document gives them. That form leaves nothing for a tokenizer
-- to do but part it at its spaces. The documents themselves are not kept; see
-- search.go for which row is whose.

CREATE VIRTUAL TABLE search USING fts5 (
	document,
	content = '', contentless_delete = 1,
	tokenize = "ascii tokenchars '@.-_|'",
	prefix = '1 2 3' -- a word is found from its first letter on
);

-- The tickets whose row of the index is behind: to write a page of tickets must
-- not wait until every word of it is indexed.
CREATE TABLE reworded (
	repo   INTEGER NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (repo, number)
) WITHOUT ROWID;

INSERT INTO reworded SELECT repo, number FROM tickets;
