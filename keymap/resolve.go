package keymap

// Match says how far the pressed keys lead.
type Match int

// The matches.
const (
	None    Match = iota // the keys mean nothing here: text in a typing scope, otherwise forget them
	Partial              // the beginning of a sequence: wait for the next key
	Full                 // the keys name an action
)

// A node is one step of the key sequences of a scope. It has an action or
// next steps, never both: a key that is also the beginning of a sequence
// would either hide the sequence or need a timer, so New refuses it.
type node struct {
	action *Action
	next   map[string]*node
}

// walk follows the keys and returns where they lead, nil for nowhere.
func (n *node) walk(keys []string) *node {
	for _, key := range keys {
		if n == nil {
			return nil
		}
		n = n.next[key]
	}
	return n
}

// add makes the sequence lead to the action.
func (n *node) add(keys []string, a *Action) {
	for _, key := range keys {
		if n.next == nil {
			n.next = map[string]*node{}
		}
		if n.next[key] == nil {
			n.next[key] = &node{}
		}
		n = n.next[key]
	}
	n.action = a
}

// Resolve says what the pressed keys mean. The scopes are given from the
// innermost to the outermost, and the innermost that binds the keys wins;
// Global comes last whether it is given or not. Give pressed the keys since
// the last Full or None, the newest at the end.
//
// Plain characters never reach beyond a typing scope: there they are text,
// and Resolve answers None. A key that is fixed to an action, such as ctrl+c
// to Quit, answers with that action even in the middle of a sequence.
//
// Resolve allocates nothing.
func (m Map) Resolve(scopes []Scope, pressed []string) (Action, Match) {
	if len(pressed) == 0 {
		return Action{}, None
	}
	if fixed := m.fixed[pressed[len(pressed)-1]]; fixed != nil {
		return *fixed, Full
	}
	for _, scope := range scopes {
		if action, match := m.within(scope, pressed); match != None {
			return action, match
		}
		if scope.typing() && isText(pressed[0]) {
			return Action{}, None
		}
	}
	return m.within(Global, pressed)
}

// within resolves the keys in one scope alone.
func (m Map) within(scope Scope, pressed []string) (Action, Match) {
	switch found := m.roots[scope].walk(pressed); {
	case found == nil:
		return Action{}, None
	case found.action != nil:
		return *found.action, Full
	default:
		return Action{}, Partial
	}
}

// isText reports whether a keystroke types a character. More than one
// character at once, as an input method sends it, is bound to nothing anyway.
func isText(key string) bool {
	return key == "space" || key == "shift+space" || isSign(key)
}
