package query

import (
	"slices"
	"strings"

	"docket/model"
)

// names notes that the query asks for somebody by login or name.
func (p *parser) names(login string, me bool) {
	if !me && !p.not && login != "" {
		p.q.people = append(p.q.people, login)
	}
}

// Stranger tells of the first person, label or repository in the query that the
// board does not know, and whom or what may be meant; nothing when it knows all.
// It says why a query finds nothing. What the board knows is asked for when the
// query names anybody or anything.
func (q Query) Stranger(know func() Known) string {
	if len(q.people)+len(q.labels)+len(q.repos) == 0 {
		return ""
	}
	k := know()
	if len(k.People) < mostKnown { // else these are not all
		for _, login := range q.people {
			is := func(p model.Person) bool { return isCalled(p, login) }
			if !slices.ContainsFunc(k.People, is) {
				return perhaps("nobody here is called "+login, k.personLike(login))
			}
		}
	}
	if len(k.Labels) < mostKnown {
		for _, label := range q.labels {
			is := func(l string) bool { return strings.EqualFold(l, label) }
			if !slices.ContainsFunc(k.Labels, is) {
				near, _ := nearest(strings.ToLower(label), k.Labels)
				return perhaps("no ticket here has the label "+label, near)
			}
		}
	}
	for _, repo := range q.repos {
		is := func(r string) bool { return isRepo(r, repo) }
		if !slices.ContainsFunc(k.Repos, is) {
			return perhaps("this board has no repository "+repo, k.repoLike(repo))
		}
	}
	return ""
}

// repoLike returns the name of a repository that begins so or is called nearly
// so; that of a board's only one in any case.
func (k Known) repoLike(typed string) string {
	if len(k.Repos) == 1 {
		return k.Repos[0]
	}
	want := strings.ToLower(typed)
	short := make([]string, len(k.Repos))
	for i, r := range k.Repos {
		_, short[i], _ = strings.Cut(strings.ToLower(r), "/")
		if want != "" && (strings.HasPrefix(short[i], want) || strings.HasPrefix(strings.ToLower(r), want)) {
			return r
		}
	}
	if near, ok := nearest(want, short); ok {
		return k.Repos[slices.Index(short, near)]
	}
	near, _ := nearest(want, k.Repos)
	return near
}

// personLike returns the login of whoever has a login or a name like that.
func (k Known) personLike(typed string) string {
	want := fold(typed)
	logins := make([]string, len(k.People))
	for i, p := range k.People {
		logins[i] = p.Login.String()
		if strings.Contains(" "+fold(p.Name.String()), " "+want) || strings.HasPrefix(fold(logins[i]), want) {
			return logins[i]
		}
	}
	near, _ := nearest(want, logins)
	return near
}

func perhaps(what, near string) string {
	if near == "" {
		return what
	}
	return what + "; " + near + "?"
}
