package keymap

// The sections of the help, in the order of the declarations.
const (
	moveAbout = "Move about"
	triage    = "Triage"
	ticket    = "Ticket"
	answer    = "Choose and write"
	syncing   = "Sync"
	program   = "Program"
)

// onTicket are the places where a ticket is at hand.
var onTicket = []Scope{Board, Ticket}

// scrolling are the places that move by line and by page.
var scrolling = []Scope{Board, Ticket, Outbox, History, Help}

// declared is every action of the program, in the order in which the help
// lists them and a wide footer shows them.
var declared = []Action{
	{ID: Up, Scopes: scrolling, Keys: []string{"up", "k"}, Name: "up", Group: moveAbout,
		Help: "Go up: to the ticket or line above, or scroll the open ticket."},
	{ID: Down, Scopes: scrolling, Keys: []string{"down", "j"}, Name: "down", Group: moveAbout,
		Help: "Go down: to the ticket or line below, or scroll the open ticket."},
	{ID: Left, Scopes: []Scope{Board}, Keys: []string{"left", "h"}, Name: "left", Group: moveAbout,
		Help: "Go to the column on the left."},
	{ID: Right, Scopes: []Scope{Board}, Keys: []string{"right", "l"}, Name: "right", Group: moveAbout,
		Help: "Go to the column on the right."},
	{ID: NextColumn, Scopes: []Scope{Board}, Keys: []string{"tab"}, Name: "next column", Group: moveAbout,
		Help: "Go to the next column, and from the last to the first."},
	{ID: PrevColumn, Scopes: []Scope{Board}, Keys: []string{"shift+tab"}, Name: "previous column", Group: moveAbout,
		Help: "Go to the previous column, and from the first to the last."},
	{ID: First, Scopes: scrolling, Keys: []string{"home"}, Name: "first", Group: moveAbout,
		Help: "Go to the top."},
	{ID: Last, Scopes: scrolling, Keys: []string{"end"}, Name: "last", Group: moveAbout,
		Help: "Go to the bottom."},
	{ID: PageUp, Scopes: scrolling, Keys: []string{"pgup"}, Name: "page up", Group: moveAbout,
		Help: "Go up by a page."},
	{ID: PageDown, Scopes: scrolling, Keys: []string{"pgdown"}, Name: "page down", Group: moveAbout,
		Help: "Go down by a page."},

	{ID: Gain, Scopes: onTicket, Keys: []string{"g"}, Name: "gain", Group: triage, Footer: 2,
		Help: "Set the gain: then choose low, medium, high or none."},
	{ID: Pain, Scopes: onTicket, Keys: []string{"p"}, Name: "pain", Group: triage, Footer: 3,
		Help: "Set the pain: then choose low, medium, high or none."},
	{ID: LevelHigh, Scopes: []Scope{Level}, Keys: []string{"h", "3"}, Name: "high", Group: triage, Footer: 4,
		Help: "Choose the level high."},
	{ID: LevelMedium, Scopes: []Scope{Level}, Keys: []string{"m", "2"}, Name: "medium", Group: triage, Footer: 5,
		Help: "Choose the level medium."},
	{ID: LevelLow, Scopes: []Scope{Level}, Keys: []string{"l", "1"}, Name: "low", Group: triage, Footer: 6,
		Help: "Choose the level low."},
	{ID: LevelNone, Scopes: []Scope{Level}, Keys: []string{"0"}, Name: "none", Group: triage, Footer: 7,
		Help: "Clear the level."},
	{ID: PickState, Scopes: onTicket, Keys: []string{"m"}, Name: "move", Group: triage, Footer: 4,
		Help: "Move the ticket: choose its state from a list."},
	{ID: StateBack, Scopes: onTicket, Keys: []string{"H"}, Name: "state", Group: triage, Footer: 9,
		Help: "Move the ticket one state back."},
	{ID: StateOn, Scopes: onTicket, Keys: []string{"L"}, Name: "state", Group: triage, Footer: 9,
		Help: "Move the ticket one state on."},

	{ID: Comment, Scopes: onTicket, Keys: []string{"c"}, Name: "comment", Group: ticket, Footer: 5,
		Help: "Write a comment."},
	{ID: Assign, Scopes: onTicket, Keys: []string{"a"}, Name: "assign", Group: ticket, Footer: 7,
		Help: "Assign the ticket: choose a person from a list."},
	{ID: AssignMe, Scopes: onTicket, Keys: []string{"A"}, Name: "assign me", Group: ticket,
		Help: "Assign the ticket to yourself."},
	{ID: Close, Scopes: onTicket, Keys: []string{"x"}, Name: "close", Group: ticket, Footer: 8,
		Help: "Close the ticket with a resolution and an explanation."},
	{ID: Reopen, Scopes: onTicket, Keys: []string{"X"}, Name: "reopen", Group: ticket,
		Help: "Reopen a closed ticket in the state that it had before."},
	{ID: Open, Scopes: []Scope{Board}, Keys: []string{"enter"}, Name: "open", Group: ticket, Footer: 6,
		Help: "Open the ticket to read it."},
	{ID: Browse, Scopes: onTicket, Keys: []string{"o"}, Name: "browse", Group: ticket,
		Help: "Open the ticket in the web browser."},
	{ID: CopyLink, Scopes: onTicket, Keys: []string{"y"}, Name: "copy link", Group: ticket,
		Help: "Copy the link of the ticket."},

	{ID: Send, Scopes: []Scope{Editor}, Keys: []string{"ctrl+s"}, Name: "send", Group: answer, Footer: 2,
		Help: "Send what you wrote."},
	{ID: ExternalEditor, Scopes: []Scope{Editor}, Keys: []string{"ctrl+e"}, Name: "editor", Group: answer, Footer: 4,
		Help: "Go on writing in the editor that $VISUAL or $EDITOR names."},
	{ID: PickUp, Scopes: []Scope{Pick}, Keys: []string{"up", "ctrl+p"}, Name: "choose", Group: answer, Footer: 5,
		Help: "Go to the entry above; typing narrows the list."},
	{ID: PickDown, Scopes: []Scope{Pick}, Keys: []string{"down", "ctrl+n"}, Name: "choose", Group: answer, Footer: 5,
		Help: "Go to the entry below; typing narrows the list."},
	{ID: Accept, Scopes: []Scope{Pick, Filter}, Keys: []string{"enter"}, Name: "accept", Group: answer, Footer: 2, Needed: true,
		Help: "Take the chosen entry, or keep the filter."},
	{ID: Yes, Scopes: []Scope{Confirm}, Keys: []string{"y"}, Name: "yes", Group: answer, Footer: 2, Needed: true,
		Help: "Answer yes."},
	{ID: No, Scopes: []Scope{Confirm}, Keys: []string{"n", "esc", "enter"}, Name: "no", Group: answer, Footer: 3, Needed: true,
		Help: "Answer no."},
	{ID: KeepTheirs, Scopes: []Scope{Clash}, Keys: []string{"k"}, Name: "keep theirs", Group: answer, Footer: 2,
		Help: "Somebody was faster: keep their value."},
	{ID: UseMine, Scopes: []Scope{Clash}, Keys: []string{"m"}, Name: "use mine", Group: answer, Footer: 3,
		Help: "Somebody was faster: use your value all the same."},
	{ID: OpenTicket, Scopes: []Scope{Clash}, Keys: []string{"o"}, Name: "open ticket", Group: answer, Footer: 4,
		Help: "Somebody was faster: read the ticket before you decide."},
	{ID: Cancel, Scopes: []Scope{Level, Pick, Editor, Filter, Clash, Drag}, Keys: []string{"esc"}, Name: "cancel", Group: answer, Footer: 3, Needed: true,
		Help: "Leave without changing anything; a draft is kept, and a typed filter is cleared."},

	{ID: Sync, Scopes: onTicket, Keys: []string{"r"}, Name: "sync", Group: syncing,
		Help: "Fetch what is new and send what waits, now."},
	{ID: Undo, Scopes: []Scope{Board, Ticket, History}, Keys: []string{"u"}, Name: "undo", Group: triage, Footer: 12,
		Help: "Take back what you did last, as a whole."},
	{ID: Redo, Scopes: []Scope{Board, Ticket, History}, Keys: []string{"U"}, Name: "redo", Group: triage,
		Help: "Bring back what you took back."},
	{ID: ShowHistory, Scopes: onTicket, Keys: []string{"ctrl+u"}, Name: "history", Group: triage,
		Help: "Show what you did, when, and whether it arrived."},
	{ID: ShowOutbox, Scopes: onTicket, Keys: []string{"O"}, Name: "outbox", Group: syncing,
		Help: "Show the changes that wait here."},
	{ID: Retry, Scopes: []Scope{Outbox}, Keys: []string{"r"}, Name: "retry", Group: syncing, Footer: 2,
		Help: "Send the change again."},
	{ID: EditChange, Scopes: []Scope{Outbox}, Keys: []string{"e"}, Name: "edit", Group: syncing, Footer: 4,
		Help: "Edit the change before it is sent."},
	{ID: CopyText, Scopes: []Scope{Outbox}, Keys: []string{"y"}, Name: "copy text", Group: syncing, Footer: 5,
		Help: "Copy the text of the change."},
	{ID: Discard, Scopes: []Scope{Outbox}, Keys: []string{"d"}, Name: "discard", Group: syncing, Footer: 6,
		Help: "Throw the change away."},

	{ID: StartFilter, Scopes: []Scope{Board}, Keys: []string{"/"}, Name: "filter", Group: moveAbout, Footer: 10,
		Help: "Filter the board as you type."},
	{ID: ClearFilter, Scopes: []Scope{Board}, Keys: []string{"esc"}, Name: "clear filter", Group: moveAbout,
		Help: "Show all tickets again."},
	{ID: Back, Scopes: []Scope{Ticket, Outbox, History, Help}, Keys: []string{"esc"}, Name: "back", Group: moveAbout, Footer: 3, Needed: true,
		Help: "Go back to where you came from."},
	{ID: ShowHelp, Scopes: []Scope{Global}, Keys: []string{"?", "f1"}, Name: "help", Group: program, Footer: 1,
		Help: "Show what you can do here, and with which keys."},
	{ID: Quit, Scopes: []Scope{Global}, Keys: []string{"q"}, Fixed: []string{"ctrl+c"}, Name: "quit", Group: program, Footer: 11, Needed: true,
		Help: "Leave the program; changes that wait are kept and sent next time."},
}
