package config

import (
	"maps"
	"slices"

	"docket/ui"
)

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
			case !isColour(key, text):
				r.wrong(quote(text)+" is no colour", `write it as "#7aa2f7", as a terminal's number from "0" to "255", or "none"`, "theme", key)
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
	if _, err := ui.ParseTheme(name, nil); err != nil || name == "" {
		r.wrong("there is no theme "+quote(name), meant(name, ui.ThemeNames()), path...)
	}
}

func isColour(token, text string) bool {
	_, err := ui.ParseTheme("", map[string]string{token: text})
	return err == nil
}
