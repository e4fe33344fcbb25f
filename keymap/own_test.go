package keymap

import (
	"strings"
	"testing"
)

// own is an action that a person has declared, with a key or without one.
func own(id ID, keys ...string) Action {
	return Action{ID: id, Scopes: []Scope{Board, Ticket}, Keys: keys, Name: "needs info", Group: "Recipes", Help: "Ask for more.", Footer: 20}
}

func TestAnActionOfOnesOwnIsListedLikeAnyOther(t *testing.T) {
	m, err := New(nil, own("recipe-needs-info", "i"), own("recipe-other"))
	if err != nil {
		t.Fatal(err)
	}
	if got, match := m.Resolve([]Scope{Board}, []string{"i"}); match != Full || got.ID != "recipe-needs-info" {
		t.Errorf("i is %s", got.ID)
	}
	if line := footer(m, Board); !strings.HasSuffix(line, "i needs info") {
		t.Errorf("the footer is %s", line)
	}
	for _, id := range []ID{"recipe-needs-info", "recipe-other"} {
		if _, ok := hintOf(m.Help([]Scope{Ticket}), id); !ok {
			t.Errorf("the help lacks %s", id)
		}
	}
	if !strings.Contains(m.Markdown(), "### Recipes") {
		t.Error("the table of keys has no recipes")
	}
	if _, ok := Default().Action("recipe-needs-info"); ok {
		t.Error("another map has it, too")
	}
	m, err = New(map[ID][]string{"recipe-needs-info": {"f5"}}, own("recipe-needs-info", "i"))
	if got := m.Keys("recipe-needs-info"); err != nil || len(got) != 1 || got[0] != "f5" {
		t.Errorf("rebound to %v, %v", got, err)
	}
}

func TestMistakesInOnesOwnActionsAreTold(t *testing.T) {
	nameless, nowhere := own("x", "i"), own("x", "i")
	nameless.Name, nowhere.Scopes = "", []Scope{"moon"}
	for want, actions := range map[string][]Action{
		`keys of "recipe-x": "g": it already means "gain" on the board`: {own("recipe-x", "g")},
		`keys of "recipe-y": "i": it already means "recipe-x"`:          {own("recipe-x", "i"), own("recipe-y", "i")},
		`"gain": there is another action of this name`:                  {own("gain", "i")},
		`"x": it needs a name, a help and a group`:                      {nameless},
		`"x": it needs places to live in that exist`:                    {nowhere},
		`"ctrl+ü+": there is no such key`:                               {own("recipe-x", "ctrl+ü+")},
		`has no ID`:                                                     {own("", "i")},
	} {
		if _, err := New(nil, actions...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nshould say %s", err, want)
		}
	}
}
