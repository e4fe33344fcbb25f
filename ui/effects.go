package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"docket/model"
)

// getenv looks a variable up in the environment that the board was given.
func (a *App) getenv(name string) string {
	for _, kv := range a.Environ {
		if v, ok := strings.CutPrefix(kv, name+"="); ok {
			return v
		}
	}
	return ""
}

// link returns the address of the ticket that the keys are about. Only http
// and https open: a forge's word is foreign text.
func (a *App) link() (string, bool) {
	card := a.columns.selected()
	if a.pane != nil {
		card, _ = a.paneCard()
	}
	if card == nil {
		return "", false
	}
	return openable(card.URL.String())
}

// browse opens the ticket in the browser.
func (a *App) browse() tea.Cmd {
	link, ok := a.link()
	if !ok {
		return a.tell("This ticket has no link that can be opened")
	}
	return a.visit([]string{link})
}

// visit opens links in the browser; where there is none, as over SSH, they go
// to the clipboard instead.
func (a *App) visit(links []string) tea.Cmd {
	if len(links) == 0 {
		return a.tell("These tickets have no links that can be opened")
	}
	remote := a.getenv("SSH_CONNECTION") != ""
	headless := runtime.GOOS == "linux" && a.getenv("DISPLAY") == "" && a.getenv("WAYLAND_DISPLAY") == ""
	if b := a.getenv("BROWSER"); b == "" && (remote || headless) {
		return tea.Batch(tea.SetClipboard(strings.Join(links, "\n")),
			a.tell("No browser here: the "+plural(len(links), "link is", "links are")+" copied"))
	}
	browsers := a.browsers()
	ctx := context.WithoutCancel(a.ctx) // the browser outlives the board
	return tea.Batch(a.tell("Opening in the browser"), func() tea.Msg {
		for _, link := range links {
			if err := startBrowser(ctx, browsers, link); err != nil {
				return noticeMsg{"The browser did not start: " + err.Error()}
			}
		}
		return nil
	})
}

// browsers returns the commands that may open a link, the preferred one first.
func (a *App) browsers() (commands [][]string) {
	// BROWSER may be a list, and each of it a command with arguments.
	for browser := range strings.SplitSeq(a.getenv("BROWSER"), ":") {
		if words := strings.Fields(browser); len(words) > 0 {
			commands = append(commands, words)
		}
	}
	if len(commands) > 0 {
		return commands
	}
	switch runtime.GOOS {
	case "darwin":
		return [][]string{{"open"}}
	case "windows":
		return [][]string{{"rundll32", "url.dll,FileProtocolHandler"}}
	}
	return [][]string{{"xdg-open"}}
}

// startBrowser opens a link with the first command that starts. The link is
// one argument, behind the others or where they say %s; no shell sees it.
func startBrowser(ctx context.Context, commands [][]string, link string) (err error) {
	for _, words := range commands {
		args := slices.Clone(words[1:])
		if i := slices.Index(args, "%s"); i >= 0 {
			args[i] = link
		} else {
			args = append(args, link)
		}
		cmd := exec.CommandContext(ctx, words[0], args...)
		if err = cmd.Start(); err == nil {
			go func() { _ = cmd.Wait() }() // only to reap it
			return nil
		}
	}
	return err
}

func (a *App) copyLink() tea.Cmd {
	link, ok := a.link()
	if !ok {
		return a.tell("This ticket has no link")
	}
	return tea.Batch(tea.SetClipboard(link), a.tell("Copied "+link))
}

type (
	// draftFileMsg tells that a draft is in a file, for an editor to open.
	draftFileMsg struct {
		path string
		err  error
	}
	// editedMsg brings the text back.
	editedMsg struct {
		text string
		read bool // the text is what the editor left
		err  error
	}
)

// writeDraftFile puts a draft into a file that only the person can read.
func (a *App) writeDraftFile(text string) tea.Cmd {
	return func() tea.Msg {
		dir, err := os.MkdirTemp("", "docket-*")
		if err != nil {
			return draftFileMsg{err: err}
		}
		path := filepath.Join(dir, "comment.md")
		if text != "" {
			text += "\n" // as editors end a file; it is taken off again
		}
		return draftFileMsg{path, os.WriteFile(path, []byte(text), 0o600)}
	}
}

// openEditor gives the terminal to $VISUAL or $EDITOR until it ends.
func (a *App) openEditor(msg draftFileMsg) tea.Cmd {
	if msg.err != nil {
		return a.tell("The draft could not be written to a file: " + msg.err.Error())
	}
	words := strings.Fields(a.getenv("VISUAL"))
	if len(words) == 0 {
		words = strings.Fields(a.getenv("EDITOR"))
	}
	if len(words) == 0 {
		words = []string{"vi"}
	}
	// A board that is told to end waits for the editor, and keeps its text.
	cmd := exec.CommandContext(context.WithoutCancel(a.ctx), words[0], append(words[1:], msg.path)...)
	a.away.Store(true)
	desk, draft := a.Desk, a.draftOnTop()
	return a.leaveOrder(tea.Exec(&guest{Cmd: cmd}, func(err error) tea.Msg {
		a.away.Store(false)
		text, readErr := os.ReadFile(msg.path)
		_ = os.RemoveAll(filepath.Dir(msg.path)) // a leftover in the temporary folder is not worth a word
		if readErr == nil && draft != "" {
			desk.SaveDraft(draft, strings.TrimRight(string(text), "\n"))
		}
		return editedMsg{string(text), readErr == nil, errors.Join(err, readErr)}
	}))
}

// guest is a command that gets the terminal for a while, as tea.Exec wants it.
type guest struct {
	*exec.Cmd
	told *os.File // the terminal of a board that is told, or nil
}

// Run runs the command, and takes a moment even if the command does not: Bubble
// Tea (v2.0.10) never draws again when it is told to before the goroutine that
// drew until now has noticed that it was to stop, for that stops the ticker
// which both share.
func (g *guest) Run() error {
	g.hush(deaf)
	err := g.Cmd.Run()
	g.hush(listening)
	time.Sleep(50 * time.Millisecond)
	return err
}

// hush switches what a board that is told wants to hear.
func (g *guest) hush(modes string) {
	if g.told != nil {
		_, _ = g.told.WriteString(modes)
	}
}

// SetStdin implements tea.ExecCommand.
func (g *guest) SetStdin(r io.Reader) { g.Stdin = r }

// SetStdout implements tea.ExecCommand.
func (g *guest) SetStdout(w io.Writer) {
	if m, ok := w.(*mute); ok {
		w, g.told = m.File, m.File
	}
	g.Stdout = w
}

// SetStderr implements tea.ExecCommand.
func (g *guest) SetStderr(w io.Writer) { g.Stderr = w }

// draftOnTop is the key of the draft that is being written.
func (a *App) draftOnTop() string {
	if n := len(a.dialogs); n > 0 {
		if e, ok := a.dialogs[n-1].(*editor); ok {
			return e.draft
		}
	}
	return ""
}

func (a *App) takeEdited(msg editedMsg) tea.Cmd {
	if n := len(a.dialogs); n > 0 && msg.read {
		if e, ok := a.dialogs[n-1].(*editor); ok {
			e.set(a, strings.TrimRight(msg.text, "\n"))
		}
	}
	if msg.err != nil {
		return a.tell("The editor did not end well: " + model.NewLine(msg.err.Error()).String())
	}
	return nil
}
