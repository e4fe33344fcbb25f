package ui

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"docket/keymap"
	"docket/model"
)

// App is the board as Bubble Tea runs it: Update and View are called by one
// goroutine, and nothing else touches the App but where a field says so.
type App struct {
	Options
	ctx   context.Context // ends with the program; Cmds take it along
	theme *theme
	dark  bool // the terminal is, as far as it has told
	cards *cards
	now   time.Time // when the present message came

	width, height int
	snap          *model.Snapshot
	columns       columns
	filter        filter
	cell          cellFilter
	sort          string // how the columns are sorted, as a query writes it; empty: in the board's own order
	lanes         model.Lanes
	view          string   // the view that the board shows, by name; empty: none
	tally         tally    // of the snapshot's outbox
	pane          *pane    // the open ticket, or nil
	timeline      bool     // what happened is shown between its comments
	dialogs       []dialog // what floats above, the last one on top
	drag          *drag    // the card that the mouse holds, or nil
	pressed       []string // the beginning of a key sequence
	lastKey       string   // the key that the latest action came by
	notice        notice
	misread       string         // why the configuration was not taken; empty: it was
	fading        time.Time      // when the timer rings that View waits for; see fade
	asked         map[int64]bool // clashes that were put to the person
	struck        time.Time      // when the person last pressed something
	waking        time.Time      // when the timer of a question rings; see attend
	settled       bool           // the person has moved: nothing else may move them now
	away          atomic.Bool    // an editor has the terminal; the one thing that other goroutines read
	astray        bool           // the wheel has turned since: the board stays where it was scrolled to
	hinted        map[hintKey]string
	voice         *voice // tells the board to who does not see it; or nil
	ordering      bool   // text from right to left is ours to order: see takeOrder
}

// New returns a board that shows what the desk has. Nothing is drawn before the
// terminal has told its size.
func New(ctx context.Context, o Options) *App {
	a := &App{Options: o, ctx: ctx, now: o.Now(), asked: map[int64]bool{}}
	a.filter.input = newInput()
	if o.Accessible {
		a.voice, a.ASCII = newVoice(o.transcript), true
	}
	a.dress(o.Dark)
	a.take(o.Desk.Snapshot())
	return a
}

// Run shows the board until the person leaves, the program is interrupted, or
// the context ends. Leaving is always as if by the key: Bubble Tea's own handler
// of signals and the end of its context can wait for each other.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	app := New(ctx, o)
	options, farewell := []tea.ProgramOption{tea.WithoutSignalHandler()}, ansi.SetModeBiDirectionalSupport
	if app.voice != nil {
		options, farewell = append(options, tea.WithOutput(&mute{os.Stdout})), deaf+"\r\n"
	}
	p := tea.NewProgram(app, options...)
	// Never stopped again: an impatient second interrupt must not end the
	// program while it still puts on disk what was typed.
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	go func() {
		for {
			select {
			case <-interrupts:
				if !app.away.Load() {
					p.Quit()
				}
			case <-ctx.Done():
				p.Quit()
				return
			}
		}
	}()
	_, err := p.Run()
	_, _ = os.Stdout.WriteString(farewell) // a terminal that is gone needs none
	return err
}

// dress puts on the theme for a dark or a light terminal.
func (a *App) dress(dark bool) {
	a.dark = dark
	a.theme = newTheme(outfit{theme: a.Theme, dark: dark, ascii: a.ASCII, orders: a.ordering, words: a.voice != nil})
	a.cards = newCards(a.theme, a.Desk.Snapshot().Board.Policy())
	a.hinted = nil
	if a.pane != nil {
		a.pane.forget()
	}
}

// wear changes the theme while the board is open.
func (a *App) wear(t Theme) tea.Cmd {
	a.Theme = t
	a.dress(a.theme.dark)
	return a.renderPane()
}

type (
	// snapshotMsg brings a later picture.
	snapshotMsg struct{ snap *model.Snapshot }
	// tickMsg comes as a minute begins: ages grow.
	tickMsg time.Time
)

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	if a.voice != nil {
		return tea.Batch(a.wait(), a.awaitReload(), a.tick())
	}
	return tea.Batch(a.wait(), a.awaitReload(), a.tick(), tea.RequestBackgroundColor, a.takeOrder())
}

// wait returns a Cmd that waits for a later picture.
func (a *App) wait() tea.Cmd {
	ctx, desk := a.ctx, a.Desk
	return func() tea.Msg {
		select {
		case <-desk.Changed():
			return snapshotMsg{desk.Snapshot()}
		case <-ctx.Done():
			return nil
		}
	}
}

func (a *App) tick() tea.Cmd {
	return tea.Every(time.Minute, func(t time.Time) tea.Msg { return tickMsg(t) })
}

// Update implements tea.Model.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.now = a.Now()
	var cmd tea.Cmd
	if !a.hasty(msg) {
		_, cmd = a.route(msg)
	}
	cmd = tea.Batch(cmd, a.attend())
	if a.voice != nil {
		cmd = tea.Batch(cmd, a.voice.speak(a))
	}
	return a, cmd
}

func (a *App) route(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		if a.voice != nil {
			a.voice.cells = msg.Width
			msg.Width, msg.Height = spokenWidth, spokenHeight
		}
		a.width, a.height, a.astray, a.drag = msg.Width, msg.Height, false, nil
		a.fit()
		a.reveal()
		return a, a.renderPane()
	case tea.BackgroundColorMsg:
		if dark := msg.IsDark(); dark != a.dark {
			a.dress(dark)
		}
		return a, a.renderPane()
	case tea.KeyPressMsg:
		a.settled, a.astray = true, false
		cmd := a.press(msg)
		if more := a.extendRange(); more != nil {
			cmd = tea.Batch(cmd, more)
		}
		a.reveal()
		return a, tea.Batch(cmd, a.renderPane())
	case tea.MouseMsg:
		return a, tea.Batch(a.mouse(msg), a.renderPane())
	case tea.FocusMsg:
		a.Desk.Focus(true)
	case tea.BlurMsg:
		a.Desk.Focus(false)
		a.drag = nil // who lets go elsewhere is not heard here
	case snapshotMsg:
		cmd := a.take(msg.snap)
		a.reveal()
		return a, tea.Batch(cmd, a.wait(), a.renderPane())
	case tickMsg:
		return a, a.tick()
	case fadeMsg:
		return a, a.faded(msg)
	case lullMsg:
		a.waking = time.Time{}
	default:
		return a, a.answer(msg)
	}
	return a, nil
}

// answer takes what Cmds bring back, and hands the rest to what is typed in.
func (a *App) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case filteredMsg:
		cmd := a.takeFiltered(msg)
		a.reveal()
		return tea.Batch(cmd, a.census())
	case knownMsg:
		return a.takeKnown(msg)
	case reloadMsg:
		return a.takeReload(msg.Reload)
	case markedMsg:
		return a.takeMarked(msg)
	case censusMsg:
		return a.takeCensus(msg)
	case wornMsg:
		return a.takeWorn(msg)
	case plannedMsg:
		return a.takePlanned(msg)
	case handedMsg:
		return a.takeHanded(msg)
	case lookedMsg:
		a.drop(msg.from)
		return a.takeIdle(msg.idleMsg)
	case reversedMsg:
		return a.takeReversed(msg)
	case tea.ModeReportMsg:
		return a.hearOrder(msg)
	case matrixMsg:
		return a.takeMatrix(msg)
	case numbersMsg:
		return a.takeNumbers(msg)
	case threadMsg:
		return a.takeThread(msg)
	case renderedMsg:
		return a.takeRendered(msg)
	case toldMsg:
		a.voice.busy = false
		return nil
	case noticeMsg:
		return a.tell(msg.text)
	case draftFileMsg:
		return a.openEditor(msg)
	case editedMsg:
		return a.takeEdited(msg)
	}
	if t, ok := a.typist(); ok {
		return t.typed(a, msg)
	}
	return nil
}

// take shows a picture, unless a later one is shown already.
func (a *App) take(s *model.Snapshot) tea.Cmd {
	if a.snap != nil && s.Rev < a.snap.Rev {
		return nil
	}
	a.snap, a.tally = s, tallyOf(s)
	if !a.settled { // while the first tickets come in, the place to be is the top
		a.columns.ref, a.columns.col, a.columns.row = model.Ref{}, 0, 0
	}
	cmds := []tea.Cmd{a.applyFilter(), a.reloadPane()}
	for _, d := range slices.Clone(a.dialogs) { // some leave
		if d, ok := d.(watcher); ok {
			cmds = append(cmds, d.renewed(a))
		}
	}
	return tea.Batch(append(cmds, a.fade())...)
}

// layout lays out the screen as it is now.
func (a *App) layout() layout {
	return newLayout(a.width, a.height, len(a.columns.board.Columns), a.pane != nil, a.secondLine() != "")
}

// reveal scrolls the board so that the person's ticket is on the screen.
func (a *App) reveal() {
	if a.width == 0 {
		return
	}
	p := a.boardPainter(a.layout())
	switch {
	case len(p.layout.blocks) == 0:
	case a.astray:
	case p.board.Lanes() != model.NoLanes:
		p.revealInLane()
	default:
		a.columns.reveal(p.layout, p.height)
	}
	p.fill()
}

// scopes are the places that a key may mean something in, the innermost first.
func (a *App) scopes() []keymap.Scope {
	switch {
	case len(a.dialogs) > 0:
		return scopesOf[a.dialogs[len(a.dialogs)-1].scope()]
	case a.dragging():
		return scopesOf[keymap.Drag]
	case a.filter.typing:
		return scopesOf[keymap.Filter]
	case a.pane != nil:
		return scopesOf[keymap.Ticket]
	}
	return scopesOf[keymap.Board]
}

// scopesOf holds a list for each scope, so that no key press has to make one.
var scopesOf = func() map[keymap.Scope][]keymap.Scope {
	all := map[keymap.Scope][]keymap.Scope{}
	for _, s := range []keymap.Scope{
		keymap.Board, keymap.Ticket, keymap.Level, keymap.Pick, keymap.Several, keymap.Field, keymap.Editor, keymap.Filter, keymap.Views,
		keymap.Outbox, keymap.History, keymap.Matrix, keymap.Numbers, keymap.Help, keymap.Confirm, keymap.Clash, keymap.Plan, keymap.Drag,
	} {
		all[s] = []keymap.Scope{s}
	}
	return all
}()
