package config

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// A value is a key of the file, or an element of a list, with what stands there.
type value struct {
	path []string // its tables and itself; elements of lists as "[0]"
	line int
	kind unstable.Kind
	text string // of a string
}

// places knows where everything stands in a file.
type places struct {
	all   []value
	lines map[string]int
	lists map[string]int // how many elements a list of tables has so far
}

// find walks through a file as far as it is TOML.
func find(text []byte) *places {
	p := &places{lines: map[string]int{}, lists: map[string]int{}}
	var parser unstable.Parser
	parser.Reset(text)
	lineOf := func(n *unstable.Node) int { return 1 + bytes.Count(text[:n.Raw.Offset], []byte("\n")) }
	var table []string
	for parser.NextExpression() {
		switch e := parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			key, line := keyOf(e.Key(), lineOf)
			if e.Kind == unstable.ArrayTable {
				table = p.within(key[:len(key)-1])
				table = append(table, key[len(key)-1])
				p.note(table, line, unstable.Array, "")
				p.lists[join(table)]++
			}
			table = p.within(key)
			p.note(table, line, unstable.Table, "")
		case unstable.KeyValue:
			p.keyValue(table, e, lineOf)
		}
	}
	return p
}

// keyValue notes a key with its value and all that is in it.
func (p *places) keyValue(table []string, e *unstable.Node, lineOf func(*unstable.Node) int) {
	key, line := keyOf(e.Key(), lineOf)
	p.value(append(slices.Clip(table), key...), line, e.Value(), lineOf)
}

func (p *places) value(path []string, line int, v *unstable.Node, lineOf func(*unstable.Node) int) {
	path = slices.Clip(path)
	text := ""
	if v.Kind == unstable.String {
		text = string(v.Data)
	}
	p.note(path, line, v.Kind, text)
	n := 0
	for it := v.Children(); it.Next(); {
		child := it.Node()
		switch {
		case v.Kind == unstable.InlineTable && child.Kind == unstable.KeyValue:
			p.keyValue(path, child, lineOf)
		case v.Kind == unstable.Array && child.Kind != unstable.Comment:
			at := line
			if child.Raw.Offset > 0 {
				at = lineOf(child)
			}
			p.value(append(path, element(n)), at, child, lineOf)
			n++
		}
	}
}

// within returns a table's path with the latest elements of lists filled in.
func (p *places) within(key []string) []string {
	var path []string
	for _, part := range key {
		path = append(path, part)
		if n := p.lists[join(path)]; n > 0 {
			path = append(path, element(n-1))
		}
	}
	return path
}

func (p *places) note(path []string, line int, kind unstable.Kind, text string) {
	key := join(path)
	if _, known := p.lines[key]; !known {
		p.lines[key] = line
	}
	p.all = append(p.all, value{path, line, kind, text})
}

// line returns where something stands, or else the nearest thing around it.
func (p *places) line(path ...string) int {
	for ; len(path) > 0; path = path[:len(path)-1] {
		if line, ok := p.lines[join(path)]; ok {
			return line
		}
	}
	return 1
}

// keyOf returns the parts of a dotted key and the line where it begins.
func keyOf(it unstable.Iterator, lineOf func(*unstable.Node) int) (parts []string, line int) {
	for it.Next() {
		if len(parts) == 0 {
			line = lineOf(it.Node())
		}
		parts = append(parts, string(it.Node().Data))
	}
	return parts, line
}

func element(n int) string          { return "[" + strconv.Itoa(n) + "]" }
func join(path []string) string     { return strings.Join(path, "\x00") }
func isElement(part string) bool    { return strings.HasPrefix(part, "[") && strings.HasSuffix(part, "]") }
func isList(k unstable.Kind) bool   { return k == unstable.Array }
func isTable(k unstable.Kind) bool  { return k == unstable.Table || k == unstable.InlineTable }
func isString(k unstable.Kind) bool { return k == unstable.String }
