package model

import (
	"time"

	"pgregory.net/rapid"
)

var (
	epoch  = time.Date(2026, 5, 6, 14, 0, 0, 0, time.UTC)
	states = []State{NeedsReview, Urgent, OnAssignee, OnReporter, OnExternal, NextMeeting}

	anyLevel      = rapid.SampledFrom(Levels[:])
	anyState      = rapid.SampledFrom(states)
	anyResolution = rapid.SampledFrom(append([]Resolution{Unresolved}, Resolutions...))
	anyName       = rapid.Map(rapid.SampledFrom([]string{"anna", "jonas", "kira", "liwei", "日本\u202e"}), NewLine)
	anyLabel      = rapid.Map(rapid.SampledFrom([]string{"bug", "security", "easyfix", "a/b", "ö"}), NewLine)
	anyPlan       = rapid.SampledFrom([]Milestone{{}, {1, NewLine("spring")}, {2, NewLine("autumn")}, {3, NewLine("spring")}, {0, NewLine("autumn")}})
	anyLogins     = rapid.Map(rapid.SliceOfN(anyName, 0, 3), func(l []Line) []Line { return Logins(l...) })

	// anyTime is within two months of epoch, in whole hours, so that equal ones occur.
	anyTime = rapid.Map(rapid.IntRange(-60*24, 60*24), func(h int) time.Time { return epoch.Add(time.Duration(h) * time.Hour) })
)

// maybe is a time or none.
func maybe(t *rapid.T, name string) time.Time {
	if rapid.Bool().Draw(t, name+" set") {
		return anyTime.Draw(t, name)
	}
	return time.Time{}
}

var anyTicket = rapid.Custom(func(t *rapid.T) Ticket {
	ticket := Ticket{
		Ref:           Ref{rapid.SampledFrom([]string{"infra/tickets", "infra/docs"}).Draw(t, "repo"), rapid.Int64Range(1, 40).Draw(t, "number")},
		Author:        Person{Login: anyName.Draw(t, "author")},
		Assignees:     anyLogins.Draw(t, "assignees"),
		Labels:        rapid.SliceOfNDistinct(anyLabel, 0, 4, rapid.ID).Draw(t, "labels"),
		Created:       anyTime.Draw(t, "created"),
		Updated:       anyTime.Draw(t, "updated"),
		Due:           maybe(t, "due"),
		Milestone:     anyPlan.Draw(t, "milestone"),
		ClosedAt:      maybe(t, "closed"),
		Comments:      rapid.IntRange(0, 9).Draw(t, "comments"),
		Gain:          anyLevel.Draw(t, "gain"),
		Pain:          anyLevel.Draw(t, "pain"),
		State:         anyState.Draw(t, "state"),
		ClosedAs:      anyResolution.Draw(t, "closed as"),
		ReporterSpoke: maybe(t, "reporter"),
		TeamSpoke:     maybe(t, "team"),
	}
	return ticket
})

// anyChange is a change of any kind, made by somebody who saw any ticket.
var anyChange = rapid.OneOf(
	rapid.Custom(func(t *rapid.T) Change { return SetGain{anyLevel.Draw(t, "from"), anyLevel.Draw(t, "to")} }),
	rapid.Custom(func(t *rapid.T) Change { return SetPain{anyLevel.Draw(t, "from"), anyLevel.Draw(t, "to")} }),
	rapid.Custom(func(t *rapid.T) Change { return Move{From: anyState.Draw(t, "from"), To: anyState.Draw(t, "to")} }),
	rapid.Custom(func(t *rapid.T) Change { return Resolve{anyResolution.Draw(t, "from"), anyResolution.Draw(t, "to")} }),
	rapid.Custom(func(t *rapid.T) Change { return Close{StampOf(anyTime.Draw(t, "at"))} }),
	rapid.Custom(func(t *rapid.T) Change { return Reopen{StampOf(anyTime.Draw(t, "at"))} }),
	rapid.Custom(func(t *rapid.T) Change { return Assign{anyLogins.Draw(t, "from"), anyLogins.Draw(t, "to")} }),
	rapid.Custom(func(t *rapid.T) Change { return SetDue{StampOf(maybe(t, "from")), StampOf(maybe(t, "to"))} }),
	rapid.Custom(func(t *rapid.T) Change { return SetMilestone{anyPlan.Draw(t, "from"), anyPlan.Draw(t, "to")} }),
	rapid.Custom(func(t *rapid.T) Change { return AddLabel{anyLabel.Draw(t, "label")} }),
	rapid.Custom(func(t *rapid.T) Change { return RemoveLabel{anyLabel.Draw(t, "label")} }),
	rapid.Custom(func(t *rapid.T) Change { return AddComment{rapid.StringN(1, 20, -1).Draw(t, "text")} }),
	rapid.Custom(func(t *rapid.T) Change {
		return RemoveComment{rapid.Int64Range(0, 9).Draw(t, "id"), "Which host?"}
	}),
)
