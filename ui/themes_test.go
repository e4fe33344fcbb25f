package ui

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"docket/model"
)

// rgb is a colour in linear light, from 0 to 1.
type rgb [3]float64

func parseRGB(t *testing.T, hex string) rgb {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is no colour", hex)
	}
	var c rgb
	for i := range c {
		v := float64(n>>(16-8*i)&0xff) / 255
		if c[i] = v / 12.92; v > 0.04045 {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

func (c rgb) luminance() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is WCAG 2's contrast ratio.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// backgrounds are those that terminals come with: black and white, and those of
// widespread schemes.
var (
	darkBackgrounds  = []string{"#000000", "#1e1e1e", "#282a36", "#002b36", "#282c34", "#0c0c0c"}
	lightBackgrounds = []string{"#ffffff", "#fdf6e3", "#fafafa", "#eff1f5"}
)

// read are the colours that something is written in; tell are those that tell
// something.
func (t tokens) read() map[string]string {
	return map[string]string{"text": t.Text, "muted": t.Muted, "accent": t.Accent, "gain": t.Gain, "pain": t.Pain,
		"good": t.Good, "warn": t.Warn, "alarm": t.Alarm}
}

func (t tokens) tell() []string { return []string{t.Gain, t.Pain, t.Warn, t.Alarm} }

// WCAG 2.2, 1.4.3 and 1.4.6: 4.5 for text, 7 where contrast is what was chosen.
// A terminal of 256 colours shows the nearest that it has, which may be a shade
// weaker, but not where contrast is what was chosen.
func TestEverythingThatIsReadHasContrast(t *testing.T) {
	for _, theme := range Themes {
		for _, ground := range []struct {
			name    string
			tokens  tokens
			against []string
		}{
			{"dark", theme.palettes.dark, darkBackgrounds}, {"light", theme.palettes.light, lightBackgrounds},
		} {
			against, least, least256 := ground.against, 4.5, 4.0
			switch theme.Name {
			case "dark":
				against = darkBackgrounds
			case "light":
				against = lightBackgrounds
			case "high-contrast":
				least, least256 = 7, 7
			}
			for name, colour := range ground.tokens.read() {
				for _, under := range against {
					if colour == "" { // the terminal's own text on its own background
						continue
					}
					if got := contrast(parseRGB(t, colour), parseRGB(t, under)); got < least {
						t.Errorf("%s, %s: %s %s on %s has %.2f to 1, less than %v", theme.Name, ground.name, name, colour, under, got, least)
					}
					if got := contrast(parseRGB(t, of256(colour)), parseRGB(t, under)); got < least256 {
						t.Errorf("%s, %s: %s %s of 256 on %s has %.2f to 1, less than %v", theme.Name, ground.name, name, of256(colour), under, got, least256)
					}
				}
			}
		}
	}
}

// of256 is what a terminal of 256 colours shows.
func of256(hex string) string {
	r, g, b, _ := colorprofile.ANSI256.Convert(lipgloss.Color(hex)).RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// visions are how colours look to people who lack one kind of cones: Machado,
// Oliveira and Fernandes (2009), at full severity, in linear light.
var visions = map[string][3]rgb{
	"everybody":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func (c rgb) seenBy(v [3]rgb) (seen rgb) {
	for i, row := range v {
		seen[i] = min(1, max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return seen
}

// lab is a colour in CIELAB, where equal distances look equally different.
func (c rgb) lab() [3]float64 {
	f := func(v, white float64) float64 {
		if v /= white; v > 0.008856 {
			return math.Cbrt(v)
		}
		return 7.787*v + 16.0/116
	}
	x := f(0.4124564*c[0]+0.3575761*c[1]+0.1804375*c[2], 0.95047)
	y := f(c.luminance(), 1)
	z := f(0.0193339*c[0]+0.1191920*c[1]+0.9503041*c[2], 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func apart(a, b rgb) float64 {
	x, y := a.lab(), b.lab()
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

// Gain, pain, warnings and alarms are told apart by everybody in the theme that
// promises it. 2.3 is a difference that one can just see; 25 is seen without
// looking for it. That the house's own colours fail shows that this is a test.
func TestColourBlindSafeColoursAreToldApartByEverybody(t *testing.T) {
	const clearly = 25.0
	least := func(of tokens) (least float64, where string) {
		least = math.Inf(1)
		for who, v := range visions {
			all := of.tell()
			for i := range all {
				for j := range i {
					if d := apart(parseRGB(t, all[i]).seenBy(v), parseRGB(t, all[j]).seenBy(v)); d < least {
						least, where = d, fmt.Sprintf("%s and %s, %s", all[j], all[i], who)
					}
				}
			}
		}
		return least, where
	}
	for _, dark := range []bool{true, false} {
		if d, where := least(Theme{Name: "colour-blind"}.tokens(dark)); d < clearly {
			t.Errorf("%s: only %.1f apart", where, d)
		}
		if d, _ := least(Theme{}.tokens(dark)); d >= clearly {
			t.Errorf("the house's colours are %.1f apart: does this test still see anything?", d)
		}
	}
}

// Two cards that differ in colour differ in signs, too, and so does the same
// card in two situations: what the one drawing tells, the other tells without
// colours.
func TestColourNeverSaysAnythingAlone(t *testing.T) {
	levels := rapid.SampledFrom([]model.Level{model.None, model.Low, model.Medium, model.High})
	draw := func(rt *rapid.T, name string) string {
		of := func(s string) string { return name + " " + s }
		with := model.Card{Ticket: ticket(7, "Printer on fire", judged(levels.Draw(rt, of("gain")), levels.Draw(rt, of("pain"))))}
		days := rapid.SampledFrom([]int{-200, -3, 0, 2, 40}).Draw(rt, of("due"))
		if days != 40 {
			dueIn(time.Duration(days) * aDay)(&with.Ticket)
		}
		if rapid.Bool().Draw(rt, of("quiet")) {
			state(model.OnReporter)(&with.Ticket)
			quiet(30 * aDay)(&with.Ticket)
		}
		if rapid.Bool().Draw(rt, of("answered")) {
			answered(&with.Ticket)
		}
		if rapid.Bool().Draw(rt, of("closed")) {
			closed(aDay, rapid.SampledFrom(append(model.Resolutions, model.Unresolved)).Draw(rt, of("as")))(&with.Ticket)
		}
		*rapid.SampledFrom([]*int{&with.Stuck, &with.Saving, &with.Pending}).Draw(rt, of("mark")) = rapid.IntRange(0, 1).Draw(rt, of("marked"))
		if rapid.Bool().Draw(rt, of("fresh")) {
			with.Changed = noon
		}
		th := newTheme(outfit{dark: true})
		l := look{width: 44, title: 2, selected: rapid.Bool().Draw(rt, of("selected")), fresh: !with.Changed.IsZero()}
		return strings.Join(newCards(th, model.DefaultPolicy()).draw(&with, l, noon), "\n")
	}
	rapid.Check(t, func(rt *rapid.T) {
		a, b := draw(rt, "one"), draw(rt, "other")
		if a != b && ansi.Strip(a) == ansi.Strip(b) {
			rt.Fatalf("only colour tells these apart:\n%q\n%q", a, b)
		}
	})
}

func TestAPlainBoardHasNoColourAndSaysEverything(t *testing.T) {
	for _, keys := range [][]string{{}, {"g"}, {"m"}, {"?"}, {"enter"}, {"O"}, {"x"}} {
		sit(t, 120, 35, sample(), func(p *person) {
			p.press(keys...)
			coloured := p.screen()
			p.run(p.app.wear(Theme{Name: "plain"}))
			p.send(nil)
			if p.screen() != coloured {
				p.t.Fatalf("%v: the plain board says something else:\n%s\n%s", keys, coloured, p.screen())
			}
			for _, row := range p.cells() {
				for _, cell := range row {
					if strings.Contains(cell.Style, "fg=") || strings.Contains(cell.Style, "bg=") {
						p.t.Fatalf("%v: %q is %s", keys, cell.Text, cell.Style)
					}
				}
			}
		})
	}
}

func TestThemesLook(t *testing.T) {
	for _, name := range ThemeNames()[1:] {
		t.Run(name, func(t *testing.T) {
			sit(t, 120, 35, sample(), func(p *person) {
				p.run(p.app.wear(Theme{Name: name}))
				p.press("j", "g", "m")
				compare(p, false)
			})
		})
	}
}

func TestMistakesInAThemeAreTold(t *testing.T) {
	for _, each := range []struct {
		name   string
		tokens map[string]string
		says   []string
	}{
		{"", nil, nil},
		{"High-Contrast", map[string]string{"gain": "#0f8", "pain": "208", "muted": "none", "text": "#A0B0C0"}, nil},
		{"color-blind", nil, []string{`there is no theme "color-blind"; did you mean colour-blind? the themes are auto, dark,`}},
		{"solarized", nil, []string{`there is no theme "solarized"; the themes are`}},
		{"drak", map[string]string{"gian": "#fff", "pain": "puce", "warn": "256", "alarm": "#12345"}, []string{
			"did you mean dark?", `alarm: "#12345" is no colour; write #rrggbb`, `a theme has no colour "gian"; did you mean gain?`,
			`pain: "puce" is no colour`, `warn: "256" is no colour`,
		}},
	} {
		_, err := ParseTheme(each.name, each.tokens)
		if (err == nil) != (each.says == nil) {
			t.Errorf("%q: %v", each.name, err)
		}
		for _, text := range each.says {
			if err != nil && !strings.Contains(err.Error(), text) {
				t.Errorf("%q: %v does not say %q", each.name, err, text)
			}
		}
	}
}

func TestOnesOwnColoursAreTaken(t *testing.T) {
	theme, err := ParseTheme("light", map[string]string{"gain": "#0f8", "pain": "208", "muted": "none"})
	if err != nil {
		t.Fatal(err)
	}
	sit(t, 120, 35, sample(), func(p *person) {
		p.run(p.app.wear(theme))
		styles := p.cells().Styled()
		for want, there := range map[string]bool{"fg=#00ff88": true, "fg=208": true, "fg=" + lightTokens.Warn: true, "fg=" + lightTokens.Muted: false} {
			if strings.Contains(styles, want) != there {
				p.t.Errorf("%s on the screen: %t\n%s", want, !there, styles)
			}
		}
	})
}

// Colours of the person's own lie over whatever theme they put on.
func TestAnotherThemeKeepsOnesOwnColours(t *testing.T) {
	sit(t, 120, 35, sample(), func(p *person) {
		p.run(p.app.wear(Theme{Name: "dark", Tokens: map[string]string{"gain": "#123456"}}))
		p.press(":")
		p.write("high-contrast")
		p.press("enter")
		p.sees("Theme high-contrast for now")
		if p.app.Theme.Name != "high-contrast" || !strings.Contains(p.app.theme.gain.of(""), "38;2;18;52;86") {
			p.t.Fatalf("%+v, and gain is %q", p.app.Theme, p.app.theme.gain.of("x"))
		}
	})
}
