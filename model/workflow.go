package model

import (
	"slices"
	"strings"
)

// State is a step of the workflow. Its value is its name in small letters, as
// scripts and queries write it.
type State string

// The states, in the order of the team's workflow.
const (
	NeedsReview State = "needs review"
	Urgent      State = "urgent"
	OnAssignee  State = "waiting on assignee"
	InProgress  State = "in progress"
	OnReporter  State = "waiting on reporter"
	OnExternal  State = "waiting on external"
	NextMeeting State = "next meeting"
	Closed      State = "closed"
)

// Demand is what a move into a state asks of the person who makes it.
type Demand uint8

// The demands.
const (
	Nothing    Demand = iota
	AQuestion         // waiting on the reporter: what the reporter is to answer
	AnAssignee        // in progress: by whom
	AnEnding          // closing: a resolution and an explanation
)

// Step describes one state of a workflow.
type Step struct {
	State   State
	Name    string // as the board's columns and pickers write it
	Short   string // where there is little room; never a riddle
	Meaning string // one line for the picker
	Demand  Demand
	ByAge   bool // oldest first instead of by score: nobody has judged these
}

// Workflow is the states in their order and what each asks.
type Workflow struct {
	Steps  []Step
	Scheme Scheme
}

// DefaultWorkflow is the workflow of Fedora's infrastructure team, which other
// teams that triage by value and cost share in all but names.
func DefaultWorkflow() Workflow {
	return Workflow{Steps: slices.Clone(defaultSteps)}
}

var defaultSteps = []Step{
	{NeedsReview, "Needs review", "Review", "new, or answered: nobody has looked yet", Nothing, true},
	{Urgent, "Urgent", "Urgent", "now", Nothing, false},
	{OnAssignee, "On assignee", "Assignee", "triaged: waits for someone to start", Nothing, false},
	{InProgress, "In progress", "Doing", "someone works on it", AnAssignee, false},
	{OnReporter, "On reporter", "Reporter", "the reporter must answer first", AQuestion, false},
	{OnExternal, "On external", "External", "an upstream or a vendor must act", Nothing, false},
	{NextMeeting, "Next meeting", "Meeting", "parked for the weekly meeting", Nothing, false},
	{Closed, "Closed", "Closed", "done, redirected or declined, with an explanation", AnEnding, false},
}

// Step returns the description of a state. One that has no column keeps the
// default workflow's, and with it what it demands; one that is in neither
// describes itself.
func (w Workflow) Step(s State) Step {
	if i := w.Index(s); i >= 0 {
		return w.Steps[i]
	}
	for _, step := range defaultSteps {
		if step.State == s {
			return step
		}
	}
	return Step{State: s, Name: string(s), Short: string(s)}
}

// Index returns the place of a state in the workflow's order, or -1.
func (w Workflow) Index(s State) int {
	for i, step := range w.Steps {
		if step.State == s {
			return i
		}
	}
	return -1
}

// Beside returns the state by steps away from s, and false at either end.
func (w Workflow) Beside(s State, by int) (State, bool) {
	i := w.Index(s) + by
	if w.Index(s) < 0 || i < 0 || i >= len(w.Steps) {
		return s, false
	}
	return w.Steps[i].State, true
}

// Resolution is how a ticket was closed.
type Resolution string

// The resolutions. Initiative redirects to the New Initiative Workflow; all
// but Done and Initiative are the workflow's 'closed otherwise'.
const (
	Unresolved       Resolution = ""
	Done             Resolution = "done"
	Initiative       Resolution = "initiative"
	Invalid          Resolution = "invalid"
	Duplicate        Resolution = "duplicate"
	WillNotFix       Resolution = "will not fix"
	InsufficientData Resolution = "insufficient data"
	Upstream         Resolution = "upstream"
	WrongTracker     Resolution = "wrong tracker"
	Spam             Resolution = "spam"
)

// Resolutions lists what a person can close a ticket as.
var Resolutions = []Resolution{Done, Initiative, Invalid, Duplicate, WillNotFix, InsufficientData, Upstream, WrongTracker, Spam}

// Meaning returns one line for the picker.
func (r Resolution) Meaning() string {
	switch r {
	case Done:
		return "the work is finished"
	case Initiative:
		return "too large for a ticket: the New Initiative Workflow"
	case Invalid:
		return "not a problem, or not ours"
	case Duplicate:
		return "another ticket has it"
	case WillNotFix:
		return "a real wish that we decline"
	case InsufficientData:
		return "the reporter did not answer"
	case Upstream:
		return "to be solved by the upstream project"
	case WrongTracker:
		return "another team's tracker is the place"
	case Spam:
		return "not a ticket"
	}
	return ""
}

// Short returns a name of up to eight letters for a card.
func (r Resolution) Short() string {
	switch r {
	case Initiative:
		return "init."
	case InsufficientData:
		return "no data"
	case WillNotFix:
		return "wontfix"
	case WrongTracker:
		return "tracker"
	case Duplicate:
		return "dupl."
	}
	return strings.TrimSpace(string(r))
}
