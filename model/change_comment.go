package model

import (
	"errors"
	"strings"
)

// AddComment adds a comment in Markdown. Forges can't tell a comment that was
// sent twice from two comments, so whoever sends it looks for it first.
type AddComment struct{ Text string }

func (AddComment) kind() string { return "comment" }

// Field implements Change.
func (AddComment) Field() Field { return FieldComment }

// Validate implements Change. Forges take a comment of white space only; a
// person did not mean that.
func (c AddComment) Validate() error {
	if strings.TrimSpace(c.Text) == "" {
		return errors.New("the comment is empty")
	}
	return nil
}

// Apply implements Change.
func (AddComment) Apply(t Ticket) Ticket { t.Comments++; return t }

// Inverse implements Change: none.
func (AddComment) Inverse() (Change, bool) { return nil, false }

// Done implements Change: only the comments themselves can tell.
func (AddComment) Done(Ticket) bool { return false }

// Clashes implements Change.
func (AddComment) Clashes(Ticket) bool { return false }

// Onto implements Change.
func (c AddComment) Onto(Ticket) Change { return c }

// Value implements Change.
func (c AddComment) Value(Ticket) (mine, theirs string) { return NewLine(c.Text).String(), "" }
