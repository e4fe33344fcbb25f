package ui

import (
	"strings"
	"testing"

	"docket/model"
)

// addresses are what a forge, or somebody who writes on it, could give as an
// address, with what may be opened of it.
var addresses = map[string]string{
	"https://forge.example.org/infra/tickets/issues/7": "https://forge.example.org/infra/tickets/issues/7",
	"http://127.0.0.1:3000/a?b=c&d=%20#e":              "http://127.0.0.1:3000/a?b=c&d=%20#e",
	"HTTPS://forge.example.org/a":                      "https://forge.example.org/a",
	"https://forge.example.org/a b\"c;$(touch x)`x`":   "https://forge.example.org/a%20b%22c;$%28touch%20x%29%60x%60",
	"https://forge.example.org/日本/":                    "https://forge.example.org/%E6%97%A5%E6%9C%AC/",
	" https://forge.example.org/a ":                    "https://forge.example.org/a",

	"javascript:alert(1)": "", "JavaScript:alert(1)": "", "data:text/html,x": "", "file:///etc/passwd": "", "vbscript:x": "",
	"ssh://-oProxyCommand=x/": "", "mailto:a@b.c": "", "--version": "", "-a https://x.y": "", "/etc/passwd": "", "//x.y/z": "",
	"http:": "", "http:///path": "", "https:x.y": "", "": "", "http://[::1": "", "https://x.y/%zz": "",
	"https://x.y/\nhttps://evil": "", "https://x.y/\x1b]0;t\a": "", "https://x.y/" + strings.Repeat("a", 3000): "",
	"https://x y/": "", "\x00https://x.y/": "",
}

func TestOnlyAddressesOfTheWebOpen(t *testing.T) {
	for in, want := range addresses {
		got, ok := openable(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q opens as %q (%v), not %q", in, got, ok, want)
		}
		if strings.HasPrefix(got, "-") {
			t.Errorf("%q would be taken for a flag", got)
		}
	}
}

func TestATicketsLinkIsWhatMayBeOpenedOfItsAddress(t *testing.T) {
	for in := range addresses {
		a := still(t, 80, 24, newMemoryDesk(ticket(7, "A ticket", func(t *model.Ticket) { t.URL = model.NewLine(in) })))
		want, _ := openable(model.NewLine(in).String())
		if got, ok := a.link(); got != want || ok != (want != "") {
			t.Errorf("%q: the link is %q", in, got)
		}
	}
}
