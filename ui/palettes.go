package ui

// Themes are the looks that come with the program, the first of them when
// nobody has chosen. A test holds every colour that is read against the
// backgrounds that terminals have.
var Themes = []struct {
	Name     string
	About    string
	palettes palettes
}{
	{"auto", "dark or light, as the terminal's background is", palettes{light: lightTokens, dark: darkTokens}},
	{"dark", "for a dark background, whatever the terminal tells", palettes{light: darkTokens, dark: darkTokens}},
	{"light", "for a light background, whatever the terminal tells", palettes{light: lightTokens, dark: lightTokens}},
	{"high-contrast", "strong colours, dark or light as the background is", palettes{
		dark: tokens{
			Text: "#ffffff", Muted: "#e4e4e4", Faint: "#b2b2b2", Accent: "#87d7ff", Gain: "#5fffaf", Pain: "#ffaf5f",
			Good: "#afff5f", Warn: "#ffff5f", Alarm: "#ffafaf",
		},
		light: tokens{
			Text: "#000000", Muted: "#303030", Faint: "#585858", Accent: "#00009f", Gain: "#00402f", Pain: "#6b2d00",
			Good: "#1d4a00", Warn: "#3f2c00", Alarm: "#8b0014",
		},
	}},
	{"colour-blind", "hues that everybody can tell apart, dark or light as the background is", palettes{
		dark: tokens{
			Muted: "#9aa0aa", Faint: "#565e6b", Accent: "#c9a6e4", Gain: "#6f9bfc", Pain: "#cc912e",
			Good: "#c8f2e6", Warn: "#fbee3c", Alarm: "#fa5a86",
		},
		light: tokens{
			Muted: "#59616d", Faint: "#a3abb6", Accent: "#5c0dad", Gain: "#2f3cf0", Pain: "#91601a",
			Good: "#0c4a4a", Warn: "#33300e", Alarm: "#c21b93",
		},
	}},
	{"plain", "no colours: bold, underlined, reversed", palettes{}},
}

// palettes are a theme's colours by background.
type palettes struct{ light, dark tokens }

var (
	darkTokens = tokens{
		Muted: "#929aa6", Faint: "#565e6b", Accent: "#7aa2f7", Gain: "#62bfa1", Pain: "#e39a5f",
		Good: "#9ac57c", Warn: "#e3c078", Alarm: "#f27983",
	}
	lightTokens = tokens{
		Muted: "#59616d", Faint: "#a3abb6", Accent: "#2a59c8", Gain: "#0f6b54", Pain: "#9a4510",
		Good: "#2c6418", Warn: "#8a5d00", Alarm: "#b8212b",
	}
)

// ThemeNames returns the names of the themes; the first one asks the terminal for
// its background and takes what fits.
func ThemeNames() []string {
	names := make([]string, len(Themes))
	for i, t := range Themes {
		names[i] = t.Name
	}
	return names
}
