package config

import (
	"maps"
	"regexp"
	"slices"
	"strconv"

	"docket/ui"
)

// hex matches a colour as the web writes it.
var hex = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// theme takes theme = "dark", or a table with a base and colours of one's own.
func (r *reader) theme(written any) {
	into := &r.General.Settings.Theme
	switch v := written.(type) {
	case nil:
	case string:
		r.themeName(v, "theme")
		into.Name = v
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			text, ok := v[key].(string)
			switch {
			case key != "base" && !slices.Contains(ui.TokenNames, key):
				r.problems.unknown(r.line("theme", key), []string{"theme", key}, append([]string{"base"}, ui.TokenNames...))
			case !ok:
				r.wrong(quote("theme."+key)+" is not as it should be", "write text in quotes", "theme", key)
			case key == "base":
				r.themeName(text, "theme", key)
				into.Name = text
			case !isColour(text):
				r.wrong(quote(text)+" is no colour", `write it as "#7aa2f7", or as a terminal's number from "0" to "255"`, "theme", key)
			default:
				if into.Tokens == nil {
					into.Tokens = map[string]string{}
				}
				into.Tokens[key] = text
			}
		}
	default:
		r.wrong(`"theme" is neither a name nor a table`, `write theme = "dark", or [theme] with base = "dark" and colours`, "theme")
	}
}

func (r *reader) themeName(name string, path ...string) {
	if !slices.Contains(ui.ThemeNames, name) {
		r.wrong("there is no theme "+quote(name), meant(name, ui.ThemeNames), path...)
	}
}

func isColour(text string) bool {
	n, err := strconv.Atoi(text)
	return hex.MatchString(text) || err == nil && 0 <= n && n <= 255 && strconv.Itoa(n) == text
}
