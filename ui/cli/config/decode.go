package config

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"docket/model"
)

// decode fills the file's shape with what is not strange. The error tells that
// this is no TOML, and there is nothing more to look at.
func (r *reader) decode(text []byte, f *file) error {
	var all map[string]any
	err := toml.Unmarshal(text, &all)
	if err == nil && len(r.strange) > 0 {
		text, err = without(all, r.strange)
	}
	if err == nil {
		d := toml.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		err = d.Decode(f)
	}
	if err == nil {
		return nil
	}
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		for _, e := range strict.Errors {
			line, _ := e.Position()
			r.problems.add(line, "there is no setting "+quote(strings.Join(e.Key(), ".")), "")
		}
		return nil
	}
	line := 1
	if at, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ = at.Position()
	}
	what := token.ReplaceAllString(model.NewLine(strings.TrimPrefix(err.Error(), "toml: ")).String(), "…")
	r.problems.add(line, "this is not TOML: "+what, "see https://toml.io for how it is written")
	return err
}

// without returns a file without some values, so that the others can be looked
// at.
func without(all map[string]any, values [][]string) ([]byte, error) {
	for _, path := range values {
		takeOut(all, path)
	}
	return toml.Marshal(all)
}

// takeOut takes a value out of a table. Of a list it takes the whole, for the
// other elements keep their places.
func takeOut(from any, path []string) {
	switch from := from.(type) {
	case map[string]any:
		if len(path) == 1 || isElement(path[1]) && !isTables(from[path[0]]) {
			delete(from, path[0])
			return
		}
		takeOut(from[path[0]], path[1:])
	case []any:
		if n, err := strconv.Atoi(strings.Trim(path[0], "[]")); err == nil && n < len(from) && len(path) > 1 {
			takeOut(from[n], path[1:])
		}
	}
}

// isTables reports whether a value is a list of nothing but tables.
func isTables(v any) bool {
	list, ok := v.([]any)
	return ok && !slices.ContainsFunc(list, func(e any) bool {
		_, table := e.(map[string]any)
		return !table
	})
}
