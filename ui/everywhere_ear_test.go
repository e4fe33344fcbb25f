package ui

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"docket/model"
)

// byEar are ways to what only who hears has to be shown apart, beside screens.
func byEar() map[string]func(l *listener) {
	p := func(story func(p *person)) func(l *listener) { return func(l *listener) { story(l.person) } }
	all := map[string]func(l *listener){
		"board": func(l *listener) {
			l.press("down", "right", "end", "home", "tab", "w", "down", "s", "down", "enter", "H", "L")
		},
		"pain": p(func(p *person) { p.press("p") }),
		"read-only": p(func(p *person) {
			p.desk.alter(func(s *model.Snapshot) { s.ReadOnly = true })
			p.send(nil)
			p.press("g", "c")
		}),
		"history": p(func(p *person) { p.desk.remembers = true; p.press("g", "h", "p", "l", "ctrl+u", "down") }),
		"discard": p(func(p *person) { p.press("g", "h", "O", "d") }),
		"deleting": p(func(p *person) {
			p.press("v", "ctrl+s")
			p.write("Own")
			p.press("enter", "v", "end")
			p.write("Own")
			p.press("ctrl+d")
		}),
		"working":       p(func(p *person) { p.app.open(&working{what: "Taking back: 700 tickets"}); p.send(nil) }),
		"all weeks":     p(func(p *person) { p.press("S", "+", "+", "+", "down") }),
		"untriaged":     p(func(p *person) { p.press("M", "right", "right", "right", "down", "9") }),
		"unfinished":    p(func(p *person) { p.press("/"); p.write("gain:"); p.press("down", "enter") }),
		"nothing found": p(func(p *person) { p.press(":"); p.write("qqq") }),
		"no such view":  p(func(p *person) { p.press("v"); p.write("qqq"); p.press("enter") }),
		"no such day":   p(func(p *person) { p.press("d"); p.write("someday"); p.press("enter") }),
		"first sync": p(func(p *person) {
			p.desk.alter(func(s *model.Snapshot) {
				s.Repos[0].Synced, s.Repos[0].Phase, s.Repos[0].Done, s.Repos[0].Total = time.Time{}, model.First, 150, 5230
			})
			time.Sleep(quietFor)
			p.send(nil)
		}),
		"reading": p(func(p *person) {
			p.press("enter", "T")
			for range 30 {
				p.press("down")
			}
		}),
		"what happened": p(func(p *person) {
			p.desk.threads[someTicket] = happened(someTicket)
			p.press("enter", "T", "pgdown", "pgdown")
		}),
	}
	for name, story := range screens() {
		all[name] = p(story)
	}
	return all
}

// A picture beside another, in one line, would be read as one sentence.
var (
	sideBySide = regexp.MustCompile(`\S {2,}\S| \| `)
	cellOf     = regexp.MustCompile(`(high|medium|low) gain, `)
	weekOf     = regexp.MustCompile(`(?i)week of `)
	ticketOf   = regexp.MustCompile(`#\d{4,}`)
)

// picturesque reports whether a character only pleases the eye.
func picturesque(r rune) bool {
	return unicode.Is(unicode.So, r) || r >= 0x2500 && r <= 0x25ff || r >= 0x2190 && r <= 0x21ff || strings.ContainsRune("·•‹›…", r)
}

// Whatever is opened is told in lines of letters, each of one thing; and where
// something is chosen from a list, what and the how manieth.
func TestEverythingIsToldInLinesOfOneThing(t *testing.T) {
	for name, story := range byEar() {
		t.Run(name, func(t *testing.T) {
			listen(t, sample(), func(l *listener) {
				l.desk.threads[someTicket] = someText
				story(l)
				typed := l.app.voice.told.field
				for _, line := range l.new() {
					switch {
					case strings.IndexFunc(line, picturesque) >= 0:
						t.Errorf("a picture is told: %q", line)
					case typed != nil && strings.HasPrefix(typed.text, strings.TrimRight(line, " ")):
					case strings.Contains(line, "curl"): // somebody's own words
					case strings.Contains(line, " skipped: "): // for one reason, several tickets
					case sideBySide.MatchString(line), len(cellOf.FindAllString(line, 2)) > 1,
						len(weekOf.FindAllString(line, 2)) > 1, len(ticketOf.FindAllString(line, 2)) > 1:
						t.Errorf("two things are told as one: %q", line)
					}
				}
				told, n := l.app.voice.told, len(l.app.dialogs)
				if n == 0 {
					return
				}
				drawn := l.app.dialogs[n-1].draw(l.app, spokenWidth, spokenHeight)
				switch _, list := l.app.dialogs[n-1].(*matrix); {
				case list && !strings.HasSuffix(told.at, "; here"),
					drawn.of > 0 && !strings.HasSuffix(told.at, placeOf(drawn.at, drawn.of)):
					t.Errorf("what is chosen is told as %q", told.at)
				case told.at == "" && told.field == nil && len(told.body) == 0:
					t.Error("nothing is told")
				}
			})
		})
	}
}
