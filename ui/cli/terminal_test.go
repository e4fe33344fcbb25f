package cli

import "testing"

func TestTheLocaleChoosesTheSigns(t *testing.T) {
	for _, c := range []struct {
		name   string
		env    map[string]string
		system string
		ascii  bool
	}{
		{"UTF-8", map[string]string{"LANG": "de_DE.UTF-8", "TERM": "xterm"}, "linux", false},
		{"written otherwise", map[string]string{"LANG": "en_US.utf8"}, "linux", false},
		{"macOS over SSH", map[string]string{"LC_CTYPE": "UTF-8"}, "darwin", false},
		{"C", map[string]string{"LANG": "C"}, "linux", true},
		{"Latin 1", map[string]string{"LANG": "de_DE.ISO-8859-1"}, "linux", true},
		{"LC_ALL counts first", map[string]string{"LC_ALL": "C", "LC_CTYPE": "C.UTF-8", "LANG": "C.UTF-8"}, "linux", true},
		{"then LC_CTYPE", map[string]string{"LC_CTYPE": "C.UTF-8", "LANG": "C"}, "linux", false},
		{"an empty one does not count", map[string]string{"LC_ALL": "", "LANG": "C"}, "linux", true},
		{"none, as in a container", map[string]string{"TERM": "xterm-256color"}, "linux", false},
		{"the console's font", map[string]string{"TERM": "linux", "LANG": "de_DE.UTF-8"}, "linux", true},
		{"a dumb terminal", map[string]string{"TERM": "dumb"}, "linux", true},
		{"Windows has no such locale", map[string]string{"LANG": "C"}, "windows", false},
	} {
		env := environment{func(name string) string { return c.env[name] }}
		if got := ascii(env, c.system); got != c.ascii {
			t.Errorf("%s: ASCII is %v", c.name, got)
		}
	}
}
