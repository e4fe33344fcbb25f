package model

import (
	"strings"
	"testing"
	"time"
)

func TestMistakesInRecipesAreTold(t *testing.T) {
	templates := append(DefaultTemplates(), Template{"Blank", "Because {{.Here}}"})
	five := Level(5)
	for want, r := range map[string]Recipe{
		"a recipe needs a name with a letter or a digit in it":                           {Name: " ? "},
		`the recipe "x": it changes nothing`:                                             {Name: "x"},
		`there is no state "waiting on repoter"; did you mean "waiting on reporter"?`:    {Name: "x", State: "waiting on repoter"},
		`to close tickets it needs a resolution: close = "done"`:                         {Name: "x", State: Closed},
		`there is no resolution "dupe"; there are done, initiative`:                      {Name: "x", Close: "dupe", Comment: "c"},
		`a ticket is closed with an explanation`:                                         {Name: "x", Close: Done},
		`it can't both close a ticket and move it to "urgent"`:                           {Name: "x", Close: Done, State: Urgent, Comment: "c"},
		`a level is none, low, medium or high`:                                           {Name: "x", Gain: &five},
		`it assigns nobody and somebody`:                                                 {Name: "x", Assign: []string{"nobody", "me"}},
		`a ticket in progress has an assignee`:                                           {Name: "x", State: InProgress, Assign: []string{"nobody"}},
		`the label "gain/high" means gain high; say that instead of the label`:           {Name: "x", Labels: []string{"gain/high"}},
		`it adds the label "Blocked" and takes it off`:                                   {Name: "x", Labels: []string{"Blocked"}, Unlabel: []string{"blocked"}},
		`there is no template "Ask the reportr"; did you mean "Ask the reporter"?`:       {Name: "x", Template: "Ask the reportr"},
		`it has a comment and a template`:                                                {Name: "x", Template: askReporter, Comment: "c"},
		`its comment: line 1, column 4: there is no field ".Me2"; did you mean {{.Me}}?`: {Name: "x", Comment: "hi {{.Me2}}"},
		`the recipe "x": its comment is empty`:                                           {Name: "x", Comment: " \n"},
	} {
		err := r.Validate(DefaultWorkflow(), templates)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nshould say %s", err, want)
		}
	}
	if err := (Recipe{Name: "x", Template: "Blank"}).Validate(DefaultWorkflow(), templates); err != nil {
		t.Error("the person writes the missing words:", err)
	}
	err := ValidateRecipes([]Recipe{{Name: "Needs info", State: Urgent}, {Name: "needs-INFO!", State: Urgent}}, DefaultWorkflow(), nil)
	if err == nil || !strings.Contains(err.Error(), `"Needs info" and "needs-INFO!" can't be told apart`) {
		t.Error(err)
	}
}

// cooked returns what a recipe does to a ticket, in words.
func cooked(r Recipe, k Kitchen, t Ticket) string {
	changes, why := r.Deed(k)(&Card{Ticket: t})
	if why != "" {
		return why
	}
	var words []string
	for _, c := range changes {
		mine, _ := c.Value(t)
		words = append(words, string(c.Field())+" "+mine)
	}
	return strings.Join(words, "; ")
}

func TestRecipesMakeTheirChangesInOrder(t *testing.T) {
	now := time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)
	label := func(name string) Label { return Label{Name: NewLine(name)} }
	k := Kitchen{Me: NewLine("anna"), Workflow: DefaultWorkflow(), Templates: DefaultTemplates(), Now: now,
		Repos: []Repo{{Name: "a/b", Labels: []Label{label("Needs Info"), {Name: NewLine("old"), Archived: true}}, People: []Person{{Login: NewLine("anna")}}}}}
	open := Ticket{Ref: Ref{"a/b", 1}, State: NeedsReview, Author: Person{Login: NewLine("liwei")}}
	shut := open
	shut.ClosedAt = now
	taken := open
	taken.State, taken.Assignees = OnAssignee, Logins(NewLine("kira"))
	for _, story := range []struct {
		r    Recipe
		t    Ticket
		want string
	}{
		{Recipe{State: OnReporter, Comment: "{{.Author}}?", LabelsIfThere: []string{"needs info"}}, open, "label Needs Info Needs Info; comment liwei?; state waiting on reporter"},
		{Recipe{State: OnReporter, LabelsIfThere: []string{"old", "gone"}}, open, "state waiting on reporter"},
		{Recipe{Labels: []string{"gone"}}, open, `a/b has no label gone: create it, or write "?gone" in the recipe`},
		{Recipe{State: OnReporter}, shut, "it is closed: reopen it first"},
		{Recipe{Close: Done, Comment: "ok"}, shut, "it is closed already"},
		{Recipe{Close: Done, Comment: "ok", Gain: new(Low)}, open, "gain low; closed as done; comment ok; open closed"},
		{Recipe{State: InProgress}, open, "nobody has it: assign it first"},
		{Recipe{State: InProgress, Assign: []string{"me"}}, open, "state waiting on assignee; assignees anna"},
		{Recipe{State: OnAssignee, Assign: []string{"me"}}, taken, "assignees anna"},
		{Recipe{State: OnAssignee}, taken, "assignees nobody"},
		{Recipe{Assign: []string{"nobody"}}, taken, "assignees nobody"},
		{Recipe{Assign: []string{"zoe"}}, open, "zoe can't be assigned in a/b"},
		{Recipe{Gain: new(None), Pain: new(None)}, open, ""},
	} {
		if got := cooked(story.r, k, story.t); got != story.want {
			t.Errorf("%+v:\n%s\nwant\n%s", story.r, got, story.want)
		}
	}
	k.Me = Line{}
	if got := cooked(Recipe{Assign: []string{"me"}}, k, open); got != "who you are is not known yet" {
		t.Error(got)
	}
}
