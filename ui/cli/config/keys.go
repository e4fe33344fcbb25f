package config

import (
	"errors"
	"fmt"
	"slices"

	"docket/keymap"
)

// keys takes the person's own keys.
func (r *reader) keys(written map[string]any) {
	r.own = map[keymap.ID][]string{}
	for action, v := range written {
		switch v := v.(type) {
		case string:
			r.own[keymap.ID(action)] = []string{v}
		case []any:
			if keys, ok := r.texts(action, v); ok {
				r.own[keymap.ID(action)] = keys
			}
		default:
			r.wrong("the keys of "+quote(action)+" are neither text nor a list", fmt.Sprintf(`write %s = "g" or %s = ["g", "ctrl+g"]; [] takes all keys away`, quiet(action), quiet(action)), "keys", action)
		}
	}
}

// bind puts the person's own keys in force on a board.
func (r *reader) bind(b *Board) {
	keys, err := keymap.New(r.own)
	if err == nil {
		b.Settings.Keys = keys
		return
	}
	for _, each := range joined(err) {
		p, ok := errors.AsType[*keymap.Problem](each)
		if !ok {
			r.wrong(each.Error(), "", "keys")
			continue
		}
		path := []string{"keys", string(p.Action)}
		if i := slices.Index(r.own[p.Action], p.Key); i >= 0 {
			path = append(path, element(i))
		}
		hint := p.Hint
		told := *p
		told.Hint = ""
		r.wrong(quiet(told.Error()), quiet(hint), path...)
	}
}

// texts takes the keys of an action that are written as a list.
func (r *reader) texts(action string, list []any) (keys []string, ok bool) {
	keys, ok = []string{}, true
	for i, each := range list {
		key, isText := each.(string)
		if !isText {
			r.wrong("a key of "+quote(action)+" is no text", `write "g", "ctrl+s" or "g g"`, "keys", action, element(i))
			ok = false
		}
		keys = append(keys, key)
	}
	return keys, ok
}

// joined takes errors apart that were joined.
func joined(err error) []error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()
	}
	return []error{err}
}
