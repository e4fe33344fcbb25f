package demo

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// level is what a person may do in a repository.
type level int

const (
	nothing level = iota
	reader
	writer
	admin
	owner
)

// account is a person or an organisation.
type account struct {
	id              int64
	login, fullName string
	created         time.Time
	organisation    bool
	owners          map[*account]bool // of an organisation
	labels          []*label          // of an organisation
}

type token struct {
	of     *account
	scopes []string
}

type repository struct {
	id                int64
	owner             *account
	name, description string
	private, archived bool
	created, updated  time.Time
	members           map[*account]level
	labels            []*label
	milestones        []*milestone
	tickets           []*ticket // oldest first
	byNumber          map[int64]*ticket
	comments          []*event // of all tickets, oldest first
	lastNumber        int64
}

func (r *repository) path() string { return r.owner.login + "/" + r.name }

// label belongs to a repository or, when repo is nil, to an organisation.
type label struct {
	id                       int64
	repo                     *repository
	of                       *account
	name, color, description string
	exclusive, archived      bool
}

// scope is the part of an exclusive label's name of which a ticket holds one label at most.
func (l *label) scope() string {
	at := strings.LastIndex(l.name, "/")
	if !l.exclusive || at <= 0 || at == len(l.name)-1 {
		return ""
	}
	return l.name[:at]
}

type ticket struct {
	id, number       int64
	repo             *repository
	by               *account
	title, body      string
	version          int // of the body
	labels           []*label
	assignees        []*account
	milestone        *milestone
	created, updated time.Time
	closed           time.Time // zero while open
	due              time.Time
	locked           bool
	comments         int
	needs            []*ticket
	events           []*event // oldest first
}

func (t *ticket) open() bool { return t.closed.IsZero() }

// event is one line of a ticket's timeline; a comment is an event with the kind "comment".
type event struct {
	id                 int64
	kind               string
	on                 *ticket
	by                 *account
	at, updated        time.Time
	body               string
	label              *label
	assignee           *account
	removed            bool
	oldTitle, newTitle string
	other              *ticket // that depends, or whose text refers
	milestone          *milestone
	oldMilestone       *milestone
	said               *event // the comment that refers
	neutered, unsaid   bool   // the text refers no more; its comment is gone
}

// older orders events as Gitea lists them.
func older(a, b *event) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) }

// keep inserts a comment into the repository's list, which is nearly always at its end.
func (r *repository) keep(e *event) {
	at, _ := slices.BinarySearchFunc(r.comments, e, older)
	r.comments = slices.Insert(r.comments, at, e)
}

// access is what who (nil for nobody) may do here.
func (r *repository) access(who *account) level {
	may := nothing
	if !r.private {
		may = reader
	}
	if who == nil {
		return may
	}
	if who == r.owner || r.owner.owners[who] {
		return owner
	}
	return max(may, r.members[who])
}

// assignable lists who may be offered as an assignee: everybody who may write, by login.
func (r *repository) assignable() []*account {
	people := map[*account]bool{}
	for who, may := range r.members {
		if may >= writer {
			people[who] = true
		}
	}
	for who := range r.owner.owners {
		people[who] = true
	}
	if !r.owner.organisation {
		people[r.owner] = true
	}
	return byLogin(people)
}

func byLogin[V any](people map[*account]V) []*account {
	list := make([]*account, 0, len(people))
	for who := range people {
		list = append(list, who)
	}
	slices.SortFunc(list, func(a, b *account) int { return cmp.Compare(a.login, b.login) })
	return list
}

func byName(labels []*label) []*label {
	sorted := slices.Clone(labels)
	slices.SortFunc(sorted, func(a, b *label) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id)) })
	return sorted
}
