package cli

import (
	"errors"
	"slices"
	"strings"
)

// The environment variables.
const (
	forgeVariable = "DOCKET_FORGE"
	repoVariable  = "DOCKET_REPO"
	tokenVariable = "DOCKET_TOKEN"
)

// environment looks variables up.
type environment struct{ get func(string) string }

func (e environment) token() string { return strings.TrimSpace(e.get(tokenVariable)) }

// place is a board's place in the world: a forge and some of its repositories.
type place struct {
	forge address
	name  string   // of the forge, as people call it
	repos []string // owner/name, each once
}

// errNoPlace tells that nobody said which board to open.
var errNoPlace = &usage{
	"which board?",
	"name a forge and a repository: docket --forge https://forge.example.org --repo owner/name",
}

// where reads flags and environment; flags win. An address may contain the
// repository, as a browser shows it. The error is errNoPlace when neither says
// anything.
func (p *program) where() (place, error) {
	at, repos, err := p.which()
	if err != nil {
		return place{}, err
	}
	if len(repos) == 0 {
		return place{}, &usage{"which repository of " + quiet(at.Host) + "?", "name it with --repo owner/name or in " + repoVariable}
	}
	return newPlace(at, repos)
}

// forgeAlone is where, for what concerns a forge and none of its repositories.
func (p *program) forgeAlone() (address, error) {
	at, _, err := p.which()
	if errors.Is(err, errNoPlace) {
		err = errNoForge
	}
	return at, err
}

var errNoForge = &usage{"which forge?", "name it with --forge https://forge.example.org or in " + forgeVariable}

// which reads the forge, and the repositories as they are written; there may be
// none.
func (p *program) which() (at address, repos []string, err error) {
	forge, said, elsewhere := p.flags.forge, words(p.flags.repos...), words(p.env.get(repoVariable))
	bare := len(said) > 0
	if forge == "" {
		forge = strings.TrimSpace(p.env.get(forgeVariable))
		bare = bare || len(elsewhere) > 0
	}
	switch {
	case forge == "" && len(said) == 0 && len(elsewhere) == 0:
		return address{}, nil, errNoPlace
	case forge == "":
		return address{}, nil, errNoForge
	}
	at, within, err := readAddress(forge, bare, p.flags.insecure)
	switch {
	case err != nil:
		return address{}, nil, err
	case len(said) > 0:
		repos = said
	case within != "" && !bare:
		repos = []string{within}
	default:
		repos = elsewhere
	}
	return at, repos, nil
}

// newPlace checks the repositories' names and takes each once: forges do not
// tell upper from lower case there.
func newPlace(at address, repos []string) (place, error) {
	here := place{forge: at, name: quiet(at.Host)}
	for _, repo := range repos {
		if !isRepo(repo) {
			return place{}, &usage{quote(repo) + " is not a repository", "write it as owner/name"}
		}
		if !slices.ContainsFunc(here.repos, func(have string) bool { return strings.EqualFold(have, repo) }) {
			here.repos = append(here.repos, repo)
		}
	}
	return here, nil
}

// words takes lists apart that are separated by commas or white space.
func words(lists ...string) []string {
	return strings.FieldsFunc(strings.Join(lists, ","), func(r rune) bool {
		return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r'
	})
}

// isRepo reports whether s can be owner/name: the letters that Gitea and
// Forgejo allow in names (modules/validation, AlphaDashDot).
func isRepo(s string) bool {
	owner, name, ok := strings.Cut(s, "/")
	return ok && isName(owner) && isName(name)
}

func isName(s string) bool {
	if s == "" || s == "." || s == ".." {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_.", r))
	})
}
