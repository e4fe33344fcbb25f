package demo

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"
)

// A browser that follows html_url sees the ticket on a small page. Nobody is signed in there, so private
// repositories have no pages.

var ticketPage = template.Must(template.New("ticket").Parse(`<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>#{{.Number}} {{.Title}}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:48em;margin:2em auto;padding:0 1em;color:#222}
pre{white-space:pre-wrap;font:inherit;margin:.3em 0 1.5em}
.by{color:#666;border-top:1px solid #ddd;padding-top:.5em}
.label{display:inline-block;background:#eee;border-radius:.3em;padding:0 .5em;margin-right:.3em}
</style>
<h1>{{.Title}} <small>#{{.Number}}</small></h1>
<p>{{.State}} {{range .Labels}}<span class="label">{{.}}</span>{{end}}</p>
{{range .Texts}}<div id="{{.Anchor}}"><p class="by">{{.By}}, {{.When}}</p><pre>{{.Body}}</pre></div>
{{end}}</html>
`))

type pageText struct{ Anchor, By, When, Body string }

type pageView struct {
	Number       int64
	Title, State string
	Labels       []string
	Texts        []pageText
}

func (f *Forge) servePage(w http.ResponseWriter, r *http.Request) {
	f.count("page")
	view, found := f.view(strings.Split(strings.Trim(r.URL.Path, "/"), "/"))
	if !found || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	_ = ticketPage.Execute(w, view) // a browser that hung up needs no page
}

func (f *Forge) view(parts []string) (view pageView, found bool) {
	if len(parts) != 4 || parts[2] != "issues" {
		return view, false
	}
	f.mu.RLock()
	defer f.mu.RUnlock()
	path := strings.ToLower(parts[0] + "/" + parts[1])
	repo := f.repos[path]
	if repo == nil {
		repo = f.moved[path]
	}
	number, err := strconv.ParseInt(parts[3], 10, 64)
	if err != nil || repo == nil || repo.access(nil) == nothing || repo.byNumber[number] == nil {
		return view, false
	}
	t := repo.byNumber[number]
	view = pageView{Number: t.number, Title: t.title, State: "Open."}
	if !t.open() {
		view.State = "Closed."
	}
	for _, l := range byName(t.labels) {
		view.Labels = append(view.Labels, l.name)
	}
	const layout = "2 January 2006, 15:04 UTC"
	view.Texts = append(view.Texts, pageText{"ticket", t.by.login, t.created.Format(layout), t.body})
	for _, e := range t.events {
		if e.kind == "comment" {
			view.Texts = append(view.Texts, pageText{"issuecomment-" + strconv.FormatInt(e.id, 10), e.by.login, e.at.Format(layout), e.body})
		}
	}
	return view, true
}
