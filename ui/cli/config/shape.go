package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// file is the shape of the file.
type file struct {
	Default string           `toml:"default"`
	Theme   any              `toml:"theme"` // a name, or a table
	Keys    map[string]any   `toml:"keys"`  // by action: a key, or a list of keys
	Boards  map[string]board `toml:"boards"`
	layer
}

// layer is what can be said for all boards, and again for one.
type layer struct {
	States    []string          `toml:"states"`
	Names     map[string]string `toml:"names"`
	Labels    map[string]string `toml:"labels"`
	Policy    policy            `toml:"policy"`
	Views     []view            `toml:"views"`
	Templates []template        `toml:"templates"`
	Recipes   []recipe          `toml:"recipes"`
}

type board struct {
	Forge        string   `toml:"forge"`
	Repositories []string `toml:"repositories"`
	Title        string   `toml:"title"`
	layer
}

type policy struct {
	StaleAfter map[string]string `toml:"stale_after"`
	DueWithin  *string           `toml:"due_within"`
	ClosedFor  *string           `toml:"closed_for"`
}

type view struct {
	Name  string `toml:"name"`
	Query string `toml:"query"`
	Sort  string `toml:"sort"`
	Lanes string `toml:"lanes"`
}

type template struct {
	Name string `toml:"name"`
	Text string `toml:"text"`
}

type recipe struct {
	Name     string   `toml:"name"`
	Key      string   `toml:"key"`
	Gain     string   `toml:"gain"`
	Pain     string   `toml:"pain"`
	State    string   `toml:"state"`
	Labels   []string `toml:"labels"`
	Comment  string   `toml:"comment"`
	Template string   `toml:"template"`
	Assign   []string `toml:"assign"`
	Close    string   `toml:"close"`
}

// shape tells of keys that the file has no use for, and of values that are of
// another kind than they should be. It returns where those are.
func (p *places) shape(found *Problems) (strange [][]string) {
	var wrong []string // what was told of already; what is in it needs no telling
	for _, v := range p.all {
		key := join(v.path)
		if slices.ContainsFunc(wrong, func(w string) bool { return key == w || strings.HasPrefix(key, w+"\x00") }) {
			continue
		}
		if token.MatchString(v.text) || token.MatchString(v.path[len(v.path)-1]) {
			found.add(v.line, "this looks like a token, which does not belong into a file that is read, shown and shared", loginHint)
		}
		t, known, near := typeOf(reflect.TypeFor[file](), v.path)
		switch {
		case known < len(v.path):
			wrong, strange = append(wrong, join(v.path[:known+1])), append(strange, v.path[:known+1])
			found.unknown(v.line, v.path[:known+1], near)
		case !fits(t, v.kind):
			wrong, strange = append(wrong, key), append(strange, v.path)
			found.add(v.line, fmt.Sprintf("%s is not as it should be", quote(said(v.path))), wants(t))
		}
	}
	return strange
}

// unknown tells of a key that the file has no use for.
func (p *Problems) unknown(line int, path, near []string) {
	name := path[len(path)-1]
	switch strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name)) {
	case "token", "accesstoken", "apitoken", "apikey", "password", "secret":
		p.add(line, quote(name)+" does not belong into a file that is read, shown and shared", loginHint)
		return
	}
	what := "there is no setting " + quote(name)
	if len(path) > 1 {
		what += " in " + quote(said(path[:len(path)-1]))
	}
	p.add(line, what, meant(name, near))
}

// said is a path as people write it.
func said(path []string) string {
	var parts []string
	for _, part := range path {
		if !isElement(part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ".")
}

// typeOf follows a path through a shape. known is how many of its parts there
// are, and near what could stand in the place of the first that is not.
func typeOf(t reflect.Type, path []string) (at reflect.Type, known int, near []string) {
	for i, part := range path {
		switch t.Kind() {
		case reflect.Pointer:
			return t, len(path), nil
		case reflect.Struct:
			names := fields(t)
			f, ok := names[part]
			if !ok {
				for name := range names {
					near = append(near, name)
				}
				slices.Sort(near)
				return t, i, near
			}
			t = f
		case reflect.Map, reflect.Slice:
			t = t.Elem()
		default:
			return t, len(path), nil
		}
	}
	return t, len(path), nil
}

// fields returns the types of a struct's keys, with those of what is embedded.
func fields(t reflect.Type) map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get("toml"); name != "" {
			all[name] = f.Type
		}
	}
	return all
}

// fits reports whether a value of a kind can be decoded into a type.
func fits(t reflect.Type, k unstable.Kind) bool {
	switch t.Kind() {
	case reflect.String, reflect.Pointer:
		return isString(k)
	case reflect.Slice:
		return isList(k)
	case reflect.Struct, reflect.Map:
		return isTable(k)
	}
	return true
}

// wants says what a type is decoded from.
func wants(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String, reflect.Pointer:
		return `write text in quotes`
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return `write a list, such as ["one", "two"]`
		}
		return "write a table in [[double brackets]] for each"
	}
	return "write a table in [brackets]"
}
