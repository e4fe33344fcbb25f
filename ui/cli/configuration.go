package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	"docket/model"
	"docket/model/query"
	"docket/ui/cli/config"
)

// configPath returns the file that a person configures docket in. Like all
// places it is looked up when it is asked for first, not when the program was
// loaded.
func (p *program) configPath() string {
	if p.configFile == "" {
		xdg.Reload()
		p.configFile = filepath.Join(xdg.ConfigHome, "docket", "config.toml")
	}
	return p.configFile
}

// configAtMost is more bytes than anybody writes by hand.
const configAtMost = 1 << 20

// misconfigured is a configuration file that can't be taken, with all that is
// wrong in it.
type misconfigured struct {
	path  string
	wrong config.Problems
}

func (m *misconfigured) Error() string { return filepath.Base(m.path) + ", " + m.wrong.Error() }

// Unwrap returns the mistakes.
func (m *misconfigured) Unwrap() error { return m.wrong }

// configuration reads the file, once; without one all is as docket comes with it.
func (p *program) configuration() (*config.Config, error) {
	if p.config != nil {
		return p.config, nil
	}
	text, err := readConfig(p.configPath())
	if err != nil {
		return nil, err
	}
	return p.configure(text)
}

// configure takes the text of a file, nil for none, as the configuration.
func (p *program) configure(text []byte) (*config.Config, error) {
	conf, err := config.None(), error(nil)
	if text != nil {
		conf, err = config.Parse(text, p.rules())
	}
	if wrong, ok := errors.AsType[config.Problems](err); ok {
		return nil, &misconfigured{p.configPath(), wrong}
	}
	p.config, p.configText = conf, text
	return conf, err
}

// readConfig reads a file; nil when there is none.
func readConfig(path string) ([]byte, error) {
	at, err := os.Stat(path) // before it is opened: opening a pipe would wait
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !at.Mode().IsRegular() {
		err = errors.New("it is not a file")
	}
	var text []byte
	if err == nil {
		text, err = readAtMost(path)
	}
	if err != nil {
		if at, ok := errors.AsType[*fs.PathError](err); ok {
			err = at.Err // the path is told anyway
		}
		return nil, &advice{"the configuration " + quiet(path) + " can't be read: " + quiet(err.Error()), "mend it, or move it away"}
	}
	return text, nil
}

func readAtMost(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, configAtMost+1))
	if err == nil && len(text) > configAtMost {
		err = fmt.Errorf("it has more than %d MB", configAtMost>>20)
	}
	return text, err
}

// rules are what the command line knows about values of the configuration.
func (p *program) rules() config.Rules {
	return config.Rules{
		Forge: func(forge string, bare bool) (repo string, err error) {
			// Whether plain http is allowed is a flag's to say when a board opens.
			_, repo, err = readAddress(forge, bare, true)
			return repo, err
		},
		Repo: func(repo string) error {
			if isRepo(repo) {
				return nil
			}
			return errNoRepo(repo)
		},
		Query: func(text string, columns []model.Step) error { _, err := query.Parse(text, columns...); return err },
		Text: func(text string) error {
			err := model.Template{Name: "the text", Text: text}.Validate()
			if wrong, ok := errors.AsType[*model.TemplateError](err); ok {
				return wrong
			}
			return err
		},
		Reserved: commandNames(),
		Demo:     demoName,
	}
}

func errNoRepo(repo string) error {
	return &usage{quote(repo) + " is not a repository", "write it as owner/name"}
}

// commandNames are the words that are commands already.
func commandNames() []string {
	names := []string{"help", "completion"}
	for _, c := range new(program).root().Commands() { // of another program: making commands sets their flags back
		names = append(names, c.Name())
	}
	return names
}

// tell says what is wrong with a configuration, a mistake each.
func (p *program) tell(m *misconfigured) {
	for _, each := range m.wrong {
		p.say(fmt.Sprintf("%s:%d: %s", quiet(m.path), each.Line, each.What), each.Hint)
	}
}
