package ui

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"docket/keymap"
	"docket/model"
	"docket/model/query"
)

// viewDraft begins the keys that the person's own views are kept under, each
// under its own: so two boards that are open side by side lose none.
const viewDraft = "view:"

// ownViews returns the views that the person has saved, by name. What nobody
// can have saved here is left out: a store may come from elsewhere.
func (a *App) ownViews() []model.View {
	var all []model.View
	for _, key := range a.Desk.Drafts(viewDraft) {
		var v model.View
		err := json.Unmarshal([]byte(a.Desk.Draft(key)), &v)
		v.Name = strings.TrimPrefix(key, viewDraft)
		if err != nil || model.NewLine(v.Name).String() != v.Name {
			continue
		}
		if comparison(v.Sort) == nil {
			v.Sort = ""
		}
		if !slices.Contains(laneKinds, model.Lanes(v.Lanes)) {
			v.Lanes = ""
		}
		all = append(all, v)
	}
	return all
}

// keepView keeps a view of the person's own across restarts.
func (a *App) keepView(v model.View) {
	text, err := json.Marshal(v)
	if err == nil { // texts alone always can be written
		a.Desk.SaveDraft(viewDraft+v.Name, string(text))
	}
}

// ownView returns the view that the person has saved under a name.
func (a *App) ownView(name string) (model.View, bool) { return named(a.ownViews(), name) }

// named returns the view of a name.
func named(all []model.View, name string) (v model.View, ok bool) {
	i := slices.IndexFunc(all, func(v model.View) bool { return v.Name == name })
	if i < 0 {
		return model.View{}, false
	}
	return all[i], true
}

// allViews are those that docket comes with and those of the configuration, and
// behind them the person's own. One of the same name takes a view's place.
func (a *App) allViews() []model.View {
	all := slices.Clone(a.Views)
	for _, own := range a.ownViews() {
		if i := slices.IndexFunc(all, func(v model.View) bool { return v.Name == own.Name }); i >= 0 {
			all[i] = own
		} else {
			all = append(all, own)
		}
	}
	return all
}

// views are all views to choose from, each with what it shows.
func (a *App) views() []item {
	all, own := a.allViews(), a.ownViews()
	items := make([]item, len(all))
	for i, v := range all {
		about := viewWords(v)
		if _, mine := named(own, v.Name); mine {
			about += " (yours)"
		}
		items[i] = item{
			name: model.NewLine(v.Name).String(), about: about, now: v.Name == a.view,
			pick: func(a *App) tea.Cmd { return a.showView(v) },
		}
	}
	return items
}

// viewEntries are the views, for the palette.
func (a *App) viewEntries([]keymap.Scope) []entry {
	items := a.views()
	all := make([]entry, len(items))
	for i, it := range items {
		all[i] = entry{kind: "view", before: "Show view", name: it.name, about: it.about, keys: a.key(keymap.PickView),
			pick: func(a *App) tea.Cmd {
				a.dialogs, a.pane = nil, nil
				return it.pick(a)
			}}
	}
	return all
}

// viewWords tell what a view shows.
func viewWords(v model.View) string {
	words := model.NewLine(v.Query).String()
	if words == "" {
		words = "all tickets"
	}
	if v.Sort != "" {
		words += ", " + sortWords(v.Sort)
	}
	if v.Lanes != "" {
		words += ", lanes by " + v.Lanes
	}
	return words
}

// showView shows the board as a view says.
func (a *App) showView(v model.View) tea.Cmd {
	q, err := query.Parse(v.Query, a.Workflow.Steps...)
	if err != nil {
		return a.tell(fmt.Sprintf("The query of %s can't be read: %s", v.Name, err))
	}
	a.sort, a.lanes = v.Sort, model.Lanes(v.Lanes)
	cmd := a.showQuery(q)
	a.view = v.Name
	return cmd
}

// present is what the board shows now, as a view of that name.
func (a *App) present(name string) model.View {
	return model.View{Name: name, Query: a.filter.text, Sort: a.sort, Lanes: string(a.lanes)}
}

func (a *App) pickView() tea.Cmd {
	a.open(&viewPicker{newPicker("Views", a.views())})
	return nil
}

// viewPicker is the list of views, where one's own can be made, renamed and
// deleted, too.
type viewPicker struct{ *picker }

func (*viewPicker) scope() keymap.Scope { return keymap.Views }

func (p *viewPicker) do(a *App, id keymap.ID) (tea.Cmd, bool) {
	switch id {
	case keymap.SaveView:
		a.askName("Save as a view", viewWords(a.present("")), p.input.Value(), (*App).saveView)
		return nil, true
	case keymap.RenameView, keymap.DeleteView:
		match := p.matching()
		if len(match) == 0 {
			return nil, true
		}
		name := match[min(p.at, len(match)-1)].name
		v, own := a.ownView(name)
		switch {
		case !own && slices.Contains(model.DefaultViews(), a.viewOf(name)):
			return a.tell(fmt.Sprintf("%s comes with docket: save a view of that name to put another in its place", name)), true
		case !own:
			return a.tell(name + " is from your configuration: change it there"), true
		case id == keymap.RenameView:
			a.askName("Rename "+name, viewWords(v), name, func(a *App, to string) tea.Cmd { return a.renameView(v, to) })
		default:
			a.askDelete(v)
		}
		return nil, true
	}
	return p.picker.do(a, id)
}

// viewOf returns the view of a name; the zero View when there is none.
func (a *App) viewOf(name string) model.View {
	v, _ := named(a.allViews(), name)
	return v
}

// saveView keeps what the board shows now as a view of the person's own.
func (a *App) saveView(name string) tea.Cmd {
	v := a.present(name)
	save := func(a *App) tea.Cmd {
		a.keepView(v)
		a.view = name
		a.leave() // the list
		return a.tell(fmt.Sprintf("Saved as %s; %s shows it again", name, a.key(keymap.PickView)))
	}
	if was := a.viewOf(name); was.Name != "" {
		a.open(&confirm{
			title: "Put it in the place of " + name + "?",
			text:  fmt.Sprintf("There is a view of that name: %s. It would show: %s.", viewWords(was), viewWords(v)),
			yes:   save,
			no: func(a *App) tea.Cmd {
				a.askName("Save as a view", viewWords(v), name, (*App).saveView)
				return nil
			},
		})
		return nil
	}
	return save(a)
}

// renameView gives a view of the person's own another name.
func (a *App) renameView(v model.View, to string) tea.Cmd {
	was := v.Name
	if to == was {
		return nil
	}
	if a.viewOf(to).Name != "" {
		a.askName("Rename "+was, viewWords(v), to, func(a *App, to string) tea.Cmd { return a.renameView(v, to) })
		return a.tell("There is a view of that name already: choose another one")
	}
	v.Name = to
	a.keepView(v)
	a.Desk.SaveDraft(viewDraft+was, "")
	if a.view == was {
		a.view = to
	}
	a.relist(to)
	return a.tell(was + " is called " + to + " now")
}

func (a *App) askDelete(v model.View) {
	a.open(&confirm{
		title: "Delete " + v.Name + "?",
		text:  fmt.Sprintf("It shows: %s. The tickets stay as they are.", viewWords(v)),
		yes: func(a *App) tea.Cmd {
			a.Desk.SaveDraft(viewDraft+v.Name, "")
			if a.view == v.Name {
				a.view = ""
			}
			a.relist("")
			return a.tell(v.Name + " is deleted")
		},
	})
}

// relist brings the list of views up to date, at the one of that name.
func (a *App) relist(name string) {
	n := len(a.dialogs)
	if n == 0 {
		return
	}
	if p, ok := a.dialogs[n-1].(*viewPicker); ok {
		at := p.at
		p.picker = newPicker(p.title, a.views())
		p.at = min(at, max(0, len(p.items)-1))
		for i, it := range p.items {
			if it.name == name {
				p.at = i
			}
		}
		a.fit()
	}
}
