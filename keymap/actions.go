package keymap

import "slices"

// A Scope is a place on the screen where keys have a meaning of their own.
type Scope string

// The scopes. Those that [Map.Typing] reports take plain characters as text.
const (
	Board   Scope = "board"   // the columns of tickets
	Ticket  Scope = "ticket"  // the open ticket, beside or over the board
	Level   Scope = "level"   // choosing a level of gain or pain
	Pick    Scope = "pick"    // a list that typing narrows: states, people, resolutions
	Several Scope = "several" // such a list, to choose several from: labels
	Field   Scope = "field"   // one line that is typed: a date
	Editor  Scope = "editor"  // writing a comment or an explanation
	Filter  Scope = "filter"  // typing a query for the board
	Views   Scope = "views"   // the list of views, which typing narrows
	Outbox  Scope = "outbox"  // the changes that still wait here
	History Scope = "history" // what the person did
	Matrix  Scope = "matrix"  // gain and pain as a picture
	Numbers Scope = "numbers" // what the team counts
	Help    Scope = "help"    // the help itself
	Confirm Scope = "confirm" // a question with the answers yes and no
	Plan    Scope = "plan"    // what is about to happen to many tickets
	Clash   Scope = "clash"   // somebody else was faster: theirs or mine
	Drag    Scope = "drag"    // the mouse holds a ticket
	Global  Scope = "global"  // everywhere, beneath every other scope
)

// scopes lists every scope, in the order in which texts name them. The words
// complete the sentence "this key already means gain …".
var scopes = []scopeWords{
	{Board, "on the board", false},
	{Ticket, "in the ticket", false},
	{Level, "while choosing a level", false},
	{Pick, "in a list", true},
	{Several, "in a list of several choices", true},
	{Field, "in a field", true},
	{Editor, "in the editor", true},
	{Filter, "in the filter", true},
	{Views, "in the list of views", true},
	{Outbox, "in the outbox", false},
	{History, "in the history", false},
	{Matrix, "in the matrix", false},
	{Numbers, "in the numbers", false},
	{Help, "in the help", false},
	{Confirm, "in a question", false},
	{Plan, "before many tickets change", false},
	{Clash, "when somebody was faster", false},
	{Drag, "while dragging", false},
	{Global, "everywhere", false},
}

type scopeWords struct {
	scope  Scope
	words  string
	typing bool
}

// words says where a scope is, for people.
func (s Scope) words() string {
	for _, each := range scopes {
		if each.scope == s {
			return each.words
		}
	}
	return string(s)
}

// Place says where a scope is, for people: "in the outbox".
func (s Scope) Place() string { return s.words() }

// typing reports whether plain characters are text in the scope.
func (s Scope) typing() bool {
	return s == Pick || s == Several || s == Field || s == Editor || s == Filter || s == Views
}

// An ID names an action, in the program and in the configuration file.
type ID string

// The actions. What each does is said by its declaration's Help.
const (
	Up         ID = "up"
	Down       ID = "down"
	Left       ID = "left"
	Right      ID = "right"
	NextColumn ID = "next-column"
	PrevColumn ID = "prev-column"
	First      ID = "first"
	Last       ID = "last"
	PageUp     ID = "page-up"
	PageDown   ID = "page-down"
	Open       ID = "open"
	Back       ID = "back"

	Jump        ID = "jump"
	StartFilter ID = "filter"
	ClearFilter ID = "clear-filter"
	PickView    ID = "views"
	SaveView    ID = "save-view"
	RenameView  ID = "rename-view"
	DeleteView  ID = "delete-view"
	PickSort    ID = "sort"
	NextLanes   ID = "lanes"

	Mark      ID = "mark"
	MarkRange ID = "mark-range"
	MarkAll   ID = "mark-all"

	Gain        ID = "gain"
	Pain        ID = "pain"
	LevelLow    ID = "level-low"
	LevelMedium ID = "level-medium"
	LevelHigh   ID = "level-high"
	LevelNone   ID = "level-none"
	StateBack   ID = "state-back"
	StateOn     ID = "state-on"
	PickState   ID = "pick-state"

	Labels    ID = "labels"
	Due       ID = "due"
	Milestone ID = "milestone"

	NextTicket ID = "next-ticket"
	PrevTicket ID = "previous-ticket"
	Follow     ID = "follow"
	Timeline   ID = "timeline"

	Comment  ID = "comment"
	Assign   ID = "assign"
	AssignMe ID = "assign-me"
	Close    ID = "close"
	Reopen   ID = "reopen"
	Browse   ID = "browse"
	CopyLink ID = "copy-link"
	Recipes  ID = "recipes"

	PickUp         ID = "pick-up"
	PickDown       ID = "pick-down"
	Complete       ID = "complete"
	Toggle         ID = "toggle"
	Accept         ID = "accept"
	Send           ID = "send"
	ExternalEditor ID = "external-editor"
	Templates      ID = "templates"
	Go             ID = "go"
	Cancel         ID = "cancel"
	Yes            ID = "yes"
	No             ID = "no"

	Sync        ID = "sync"
	ShowOutbox  ID = "outbox"
	Undo        ID = "undo"
	Redo        ID = "redo"
	ShowHistory ID = "history"
	Retry       ID = "retry"
	EditChange  ID = "edit-change"
	CopyText    ID = "copy-text"
	Discard     ID = "discard"
	KeepTheirs  ID = "keep-theirs"
	UseMine     ID = "use-mine"
	OpenTicket  ID = "open-ticket"

	ShowMatrix ID = "matrix"
	ShowCell   ID = "show-cell"
	// What puts a ticket into a cell of the matrix; each is named by its gain
	// and then its pain.
	PutHighLow      ID = "put-high-low"
	PutHighMedium   ID = "put-high-medium"
	PutHighHigh     ID = "put-high-high"
	PutMediumLow    ID = "put-medium-low"
	PutMediumMedium ID = "put-medium-medium"
	PutMediumHigh   ID = "put-medium-high"
	PutLowLow       ID = "put-low-low"
	PutLowMedium    ID = "put-low-medium"
	PutLowHigh      ID = "put-low-high"

	ShowNumbers ID = "numbers"
	LongerTime  ID = "longer-time"
	ShorterTime ID = "shorter-time"

	ShowPalette ID = "palette"

	ShowHelp ID = "help"
	Quit     ID = "quit"
)

// An Action is one thing that a person can do, declared once.
type Action struct {
	ID     ID
	Scopes []Scope  // where it lives; at least one
	Keys   []string // its keys; in a declaration the default ones. "g g" is one key after the other
	Fixed  []string // keys that it always has besides, and that no other action may take
	Name   string   // one or two words for the footer; neighbours with one name share a hint
	Help   string   // a sentence for the help and the README
	Also   string   // other words that people look for it by; never shown
	Group  string   // the section of the help
	Footer int      // rank in the footer: 1 is the last to be cut; 0 is never in the footer
	Needed bool     // refuses to be without a key, or a person could be trapped
}

// In reports whether the action lives in the scope.
func (a Action) In(s Scope) bool { return slices.Contains(a.Scopes, s) }
