package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"docket/keymap"
)

// reloading is a person whose configuration changes while the board runs.
func reloading(t *testing.T, story func(p *person, reload func(Reload))) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		reloads := make(chan Reload)
		p := newPerson(t, 160, 40, newMemoryDesk(sample()...), func(o *Options) { o.Reloads = reloads })
		defer time.Sleep(time.Minute) // until the last notice has faded
		p.run(p.app.awaitReload())
		story(p, func(r Reload) {
			t.Helper()
			select {
			case reloads <- r:
			case <-time.After(time.Second):
				t.Fatal("the board does not listen")
			}
			synctest.Wait()
			p.send(nil)
		})
	})
}

// own are settings with keys of one's own.
func own(t *testing.T, keys map[keymap.ID][]string) Settings {
	t.Helper()
	s := DefaultSettings()
	var err error
	if s.Keys, err = keymap.New(keys); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheBoardTakesOtherSettingsWhileItRuns(t *testing.T) {
	reloading(t, func(p *person, reload func(Reload)) {
		p.sees("Infra · infra/tickets", "Urgent ", "g gain")
		s := own(t, map[keymap.ID][]string{keymap.Gain: {"G", "z g"}, keymap.Browse: {}})
		s.Title = "Platform"
		s.Workflow.Steps[1].Name = "Right now"
		s.Theme = Theme{Name: "dark", Tokens: map[string]string{"accent": "#010203"}}
		at := p.on()
		reload(Reload{Settings: s})
		p.sees("Platform · infra/tickets", "Right now", "The settings have changed")
		if p.on() != at {
			t.Errorf("the person is on #%d instead of #%d", p.on(), at)
		}
		if !strings.Contains(p.app.View().Content, "38;2;1;2;3") {
			t.Error("the accent has the colour that it had")
		}
		time.Sleep(time.Minute)
		p.send(nil)
		p.sees("G gain")
		p.press("g", "h")
		p.sent()
		p.press("z", "g", "h")
		p.sent("#13466 gain high, was none")
		p.press("?")
		p.sees("G, z g")
		for range 40 { // the help is long
			if strings.Contains(p.screen(), "unbound") {
				return
			}
			p.press("pgdown")
		}
		t.Error("the help does not say that browsing has no key")
	})
}

func TestABadEditKeepsTheSettingsAndSaysWhere(t *testing.T) {
	reloading(t, func(p *person, reload func(Reload)) {
		good := own(t, map[keymap.ID][]string{keymap.Gain: {"G"}})
		reload(Reload{Settings: good})
		const wrong = `config.toml, line 7: keys of "gian": there is no such action; did you mean "gain"?`
		reload(Reload{Problem: wrong})
		p.sees(wrong)
		time.Sleep(time.Minute) // the notice has faded, the status line goes on telling
		p.send(nil)
		if line, _, _ := strings.Cut(p.screen(), "\n"); !strings.Contains(line, wrong) || !strings.Contains(line, "what was set before stays") {
			t.Errorf("the status line is %q", line)
		}
		p.sees("G gain")
		p.press("G", "h")
		p.sent("#13466 gain high, was none")
		reload(Reload{Settings: good})
		p.misses("line 7")
	})
}

func TestWhatNeedsARestartIsSaid(t *testing.T) {
	reloading(t, func(p *person, reload func(Reload)) {
		reload(Reload{Settings: DefaultSettings(), Restart: []string{"the forge", "the repositories"}})
		p.sees("The settings have changed; for the forge and the repositories start docket again")
		reload(Reload{Notice: "Changes of the configuration take a restart"})
		p.sees("Changes of the configuration take a restart", "Urgent ", "g")
	})
}

// What the person is in the middle of goes on: a dialog, a text, the open ticket.
func TestAReloadInterruptsNothing(t *testing.T) {
	reloading(t, func(p *person, reload func(Reload)) {
		p.press("enter", "c")
		p.write("Half a ")
		s := own(t, map[keymap.ID][]string{keymap.Send: {"f2"}, keymap.Comment: {"z c"}})
		reload(Reload{Settings: s})
		p.write("sentence.")
		p.sees("Half a sentence.", "Comment on #13466")
		p.press("esc", "z")
		reload(Reload{Settings: DefaultSettings()}) // amid a sequence that is none any more
		p.press("c")
		p.sees("Half a sentence.")
		p.press("ctrl+s")
		p.sent("#13466 comment: Half a sentence.")
	})
}

// A theme that is named holds whatever the terminal says of itself.
func TestAThemeOfOnesOwnHolds(t *testing.T) {
	for name, follows := range map[string]bool{"": true, "auto": true, "dark": false, "light": false} {
		dark, light := newTheme(outfit{theme: Theme{Name: name}, dark: true}), newTheme(outfit{theme: Theme{Name: name}})
		if (dark.gain != light.gain) != follows {
			t.Errorf("%q follows the terminal: %v", name, !follows)
		}
	}
	mine := Theme{Tokens: map[string]string{}}
	for _, name := range TokenNames {
		mine.Tokens[name] = "#040506"
	}
	th := newTheme(outfit{theme: mine, dark: true})
	for i, k := range []ink{th.muted, th.faint, th.accent, th.gain, th.pain, th.good, th.warn, th.alarm, th.title} {
		if !strings.Contains(k.on, "38;2;4;5;6") {
			t.Errorf("%d has its own colour: %q", i, k.on)
		}
	}
}

// Wherever a key is told, it is the person's own; one that was taken away is
// told as such.
func TestKeysAreToldAsThePersonHasThem(t *testing.T) {
	reloading(t, func(p *person, reload func(Reload)) {
		reload(Reload{Settings: own(t, map[keymap.ID][]string{
			keymap.LevelHigh: {"alt+shift+h"}, keymap.LevelLow: {}, keymap.ClearFilter: {"z z"}, keymap.Reopen: {},
		})})
		p.press("g")
		p.sees("alt+shift+h ▰▰▰", "m           ▰▰▱", "unbound     ▰▱▱")
		p.press("esc", "/")
		p.write("nothing like this")
		p.press("enter")
		p.sees("z z shows all again")
	})
}
