package cli

import (
	"errors"
	"slices"
	"strings"

	"docket/ui/cli/config"
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

// place is a board's place in the world: a forge and some of its repositories,
// with what is configured for it.
type place struct {
	forge address
	name  string   // of the forge, as people call it
	repos []string // owner/name, each once
	set   config.Board
}

// errNoPlace tells that nobody said which board to open.
var errNoPlace = &usage{
	"which board?",
	"name a forge and a repository: docket --forge https://forge.example.org --repo owner/name",
}

// where says which board to open: flags come first, then the board named on the
// command line, then the environment, then the configuration's default. An
// address may contain the repository, as a browser shows it. The error is
// errNoPlace when none of them says anything.
func (p *program) where(board string) (place, error) {
	said, err := p.which(board)
	if err != nil {
		return place{}, err
	}
	if len(said.repos) == 0 {
		return place{}, errWhichRepo(said.at)
	}
	here, err := newPlace(said.at, said.repos)
	if err != nil {
		return place{}, err
	}
	conf, err := p.configuration()
	if err != nil {
		return place{}, err
	}
	here.set = conf.General
	if said.board.Name != "" {
		here.set = said.board
	}
	return here, nil
}

func errWhichRepo(at address) error {
	return &usage{"which repository of " + quiet(at.Host) + "?", "name it with --repo owner/name or in " + repoVariable}
}

// forgeAlone is where, for what concerns a forge and none of its repositories.
func (p *program) forgeAlone(board string) (address, error) {
	said, err := p.which(board)
	if errors.Is(err, errNoPlace) {
		err = errNoForge
	}
	return said.at, err
}

var errNoForge = &usage{"which forge?", "name it with --forge https://forge.example.org or in " + forgeVariable}

// said is a forge, and the repositories as they are written; there may be none.
type said struct {
	at    address
	repos []string
	board config.Board // that the configuration has for it; without a name: none
}

// asked is what flags and environment say, without the configuration.
func (p *program) asked() (said, error) {
	forge, bare := p.flags.forge, false
	if forge == "" {
		forge, bare = strings.TrimSpace(p.env.get(forgeVariable)), len(words(p.env.get(repoVariable))) > 0
	}
	return p.read(said{}, forge, words(p.env.get(repoVariable)), bare)
}

// which is asked, and the configuration where that says nothing or a board is
// named. Whoever names a board on the command line does not mean what the
// environment says.
func (p *program) which(board string) (said, error) {
	if board == "" && (p.flags.forge != "" || p.env.get(forgeVariable) != "") {
		return p.asked()
	}
	conf, err := p.configuration()
	if err != nil {
		return said{}, err
	}
	name := board
	if name == "" {
		name = conf.Default
	}
	chosen, ok := conf.Board(name)
	switch {
	case !ok && board == "":
		return p.asked()
	case !ok:
		return said{}, &usage{"there is no board " + quote(board), nameBoards(conf)}
	}
	repos := words(p.env.get(repoVariable))
	if board != "" || len(repos) == 0 {
		repos = chosen.Repositories
	}
	if p.flags.forge != "" {
		return p.read(said{board: chosen}, p.flags.forge, repos, false)
	}
	return p.read(said{board: chosen}, chosen.Forge, repos, len(repos) > 0)
}

// nameBoards tells which boards there are.
func nameBoards(conf *config.Config) string {
	if names := conf.Names(); len(names) > 0 {
		return "there are " + strings.Join(names, ", ") + "; docket config path tells where they are written"
	}
	return "docket config init writes a file to name boards in"
}

// read takes a forge's address and the repositories that hold unless flags or
// the address name others. With bare, the address names none.
func (p *program) read(s said, forge string, otherwise []string, bare bool) (said, error) {
	flags := words(p.flags.repos...)
	switch {
	case forge == "" && len(flags) == 0 && len(otherwise) == 0:
		return said{}, errNoPlace
	case forge == "":
		return said{}, errNoForge
	}
	at, within, err := readAddress(forge, bare || len(flags) > 0, p.flags.insecure)
	switch {
	case err != nil:
		return said{}, err
	case len(flags) > 0:
		s.repos = flags
	case within != "" && !bare:
		s.repos = []string{within}
	default:
		s.repos = otherwise
	}
	s.at = at
	return s, nil
}

// newPlace checks the repositories' names and takes each once: forges do not
// tell upper from lower case there.
func newPlace(at address, repos []string) (place, error) {
	here := place{forge: at, name: quiet(at.Host)}
	for _, repo := range repos {
		if !isRepo(repo) {
			return place{}, errNoRepo(repo)
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
