package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"docket/keymap"
	"docket/model"
	"docket/ui"
)

// Sample returns a file to begin with. Everything that it could say is in it
// as a comment with its explanation: lines that begin with "#" and no space are
// settings, as the program comes with them, or examples within boards, views,
// templates and recipes. A place, if there is one, becomes a board.
func Sample(forge string, repos []string) string {
	var b strings.Builder
	b.WriteString(sampleHead)
	b.WriteString(sampleStates())
	b.WriteString(sampleBoard(forge, repos))
	b.WriteString(sampleNames())
	b.WriteString(sampleLabels)
	b.WriteString(samplePolicy())
	b.WriteString(sampleLists)
	b.WriteString(sampleTheme())
	b.WriteString(sampleKeys())
	return b.String()
}

const sampleHead = `# Docket's configuration. A board that runs takes changes as soon as this file
# is saved; 'docket config check' says whether all is well.
#
# Lines that begin with # and no space show what holds anyway, or an example:
# take the # away and change them. Tokens don't belong here: docket login keeps
# them safe. Flags, and DOCKET_FORGE and DOCKET_REPO, come before this file;
# but 'docket infra' means what is said here.

# The board that 'docket' alone opens. If there is only one, it is that one.
#default = "infra"

`

const sampleBoards = `# Boards by name: 'docket infra' opens this one. What is said further down for
# all boards can be said for one as well, as in [boards.infra.policy] or
# [[boards.infra.views]]; it comes first there.
`

// sampleBoard shows a board: the one given, or an example.
func sampleBoard(forge string, repos []string) string {
	if forge == "" {
		return sampleBoards + `#[boards.infra]
#forge = "https://forge.example.org"
#repositories = ["infra/tickets"]
#title = "Infra"

`
	}
	quoted := make([]string, len(repos))
	name := "board"
	for i, repo := range repos {
		quoted[i] = strconv.Quote(repo)
		if _, last, _ := strings.Cut(repo, "/"); i == 0 && isBoardName(last) {
			name = last
		}
	}
	return sampleBoards + fmt.Sprintf("[boards.%s]\nforge = %q\nrepositories = [%s]\n#title = %q\n\n",
		name, forge, strings.Join(quoted, ", "), name)
}

// sampleStates shows the columns.
func sampleStates() string {
	var b strings.Builder
	b.WriteString(`# The columns in their order. Tickets in a state that you leave out stand with
# those that need review, those in progress with those on their assignee; closed
# ones are then not shown.
#states = [
`)
	for _, s := range model.DefaultWorkflow().Steps {
		fmt.Fprintf(&b, "#%q,\n", string(s.State))
	}
	b.WriteString("#]\n\n")
	return b.String()
}

// sampleNames shows what the columns are called.
func sampleNames() string {
	var b strings.Builder
	b.WriteString("# What the columns are called.\n#[names]\n")
	for _, s := range model.DefaultWorkflow().Steps {
		fmt.Fprintf(&b, "#%q = %q\n", string(s.State), s.Name)
	}
	return b.String() + "\n"
}

const sampleLabels = `# What labels mean, where docket does not know by itself: gain: and pain: with
# low, medium, high; state: with one of the states; closed-as: with a resolution;
# type: with dev or ops. "" takes away what docket would read into a label.
#[labels]
#"prio 1" = "gain:high"
#"stuck" = "state:waiting on external"
#"won't do" = "closed-as:will not fix"
#"retro" = ""

`

// samplePolicy shows when tickets ask for attention.
func samplePolicy() string {
	p := model.DefaultPolicy()
	var stale strings.Builder
	for _, s := range model.DefaultWorkflow().Steps {
		if d, ok := p.StaleAfter[s.State]; ok {
			fmt.Fprintf(&stale, "#%q = %q\n", string(s.State), written(d))
		}
	}
	return fmt.Sprintf(`# When tickets ask for attention: hours, days or weeks, as 12h, 3d or 2w.
#[policy]
# A due date is shown when it is this near.
#due_within = %q
# Closed tickets stay on the board so long.
#closed_for = %q

# How long a ticket may rest in a state before it is stale, or "never".
#[policy.stale_after]
%s
`, written(p.DueWithin), written(p.ClosedFor), stale.String())
}

// written is a span of time as the file writes it.
func written(d time.Duration) string {
	if day := 24 * time.Hour; d%day == 0 {
		return strconv.Itoa(int(d/day)) + "d"
	}
	return strconv.Itoa(int(d/time.Hour)) + "h"
}

const sampleLists = `# Views: queries with a name, which v shows. sort: score, age, updated, due or
# comments; "-age" turns it around. lanes: assignee, gain or repository. One with
# the name of a view that docket comes with takes its place.
#[[views]]
#name = "My urgent ones"
#query = "assignee:me state:urgent"
#sort = "age"
#lanes = "gain"

# Templates: comments to begin with.
#[[templates]]
#name = "Which version"
#text = """
#Hello {{.Author}}, which version do you use, and does #{{.Number}} still
#happen with the latest one?"""

# Recipes: several changes by one key, undone as one. gain, pain: high, medium,
# low or none. labels: "+added", "-taken off", "?added where the repository has
# it". comment: a text, or template: the name of one. assign: logins, "me", or
# "nobody" alone. close: a resolution.
#[[recipes]]
#name = "needs info"
#key = "ctrl+r i"
#state = "waiting on reporter"
#labels = ["+needs info", "-ready"]
#template = "Which version"

`

func sampleTheme() string {
	return fmt.Sprintf(`# Colours. base: %s. Colours of your own:
# %s; as "#7aa2f7", or as the
# terminal's number from "0" to "255". theme = "dark" alone will do, too, above
# the first [table].
#[theme]
#base = %q

`, strings.Join(ui.ThemeNames(), ", "), strings.Join(ui.TokenNames, ", "), ui.ThemeNames()[0])
}

// sampleKeys shows every action with its keys.
func sampleKeys() string {
	var b strings.Builder
	b.WriteString(`# Keys, by what they do. One key, or several: ["g", "ctrl+g"]; one after the
# other: "g g". [] takes all keys away. Two actions can't have the same key in
# one place; docket says which ones clash.
#[keys]
`)
	for _, section := range keymap.Default().All() {
		b.WriteString("\n# " + section.Title + "\n")
		for _, hint := range section.Hints {
			b.WriteString("# " + hint.Help + "\n")
			quoted := make([]string, len(hint.Keys))
			for i, key := range slices.Clone(hint.Keys) {
				quoted[i] = strconv.Quote(key)
			}
			fmt.Fprintf(&b, "#%s = [%s]\n", hint.ID, strings.Join(quoted, ", "))
		}
	}
	return b.String()
}
