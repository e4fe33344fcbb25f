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

// Inverse implements Change: none, for only the forge knows the comment's number.
func (AddComment) Inverse() (Change, bool) { return nil, false }

// Done implements Change: only the comments themselves can tell.
func (AddComment) Done(Ticket) bool { return false }

// Clashes implements Change.
func (AddComment) Clashes(Ticket) bool { return false }

// Onto implements Change.
func (c AddComment) Onto(Ticket) Change { return c }

// Value implements Change.
func (c AddComment) Value(Ticket) (mine, theirs string) { return NewLine(c.Text).String(), "" }

// RemoveComment deletes a comment that the person wrote; it takes an AddComment
// back. Nobody else's comment is ever deleted by it, nor one of the person's
// that says something else by now.
type RemoveComment struct {
	ID   int64  // the forge's number of the comment; 0: not known yet
	Text string // what it says, to bring it back with
}

func (RemoveComment) kind() string { return "uncomment" }

// Field implements Change.
func (RemoveComment) Field() Field { return FieldComment }

// Validate implements Change.
func (c RemoveComment) Validate() error {
	if c.ID < 0 {
		return errors.New("that is no comment's number")
	}
	return nil
}

// Apply implements Change.
func (RemoveComment) Apply(t Ticket) Ticket { t.Comments = max(0, t.Comments-1); return t }

// Inverse implements Change: the same words again, as another comment.
func (c RemoveComment) Inverse() (Change, bool) { return AddComment{c.Text}, true }

// Done implements Change: where there are no comments, this one is gone as
// well. Otherwise only the comments themselves can tell.
func (RemoveComment) Done(t Ticket) bool { return t.Comments == 0 }

// Clashes implements Change.
func (RemoveComment) Clashes(Ticket) bool { return false }

// Onto implements Change.
func (c RemoveComment) Onto(Ticket) Change { return c }

// Value implements Change.
func (c RemoveComment) Value(Ticket) (mine, theirs string) {
	return "no comment " + NewLine(c.Text).String(), ""
}
