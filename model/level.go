package model

import "fmt"

// Level is how much gain a ticket brings or how much pain it costs.
type Level uint8

// The levels. None means that nobody has judged yet.
const (
	None Level = iota
	Low
	Medium
	High
)

var levelNames = [...]string{"none", "low", "medium", "high"}

// Levels lists what a person can choose, as pickers show it: the most first.
var Levels = [...]Level{High, Medium, Low, None}

// String returns the level's name: none, low, medium or high.
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return fmt.Sprintf("level %d", uint8(l))
}

// ParseLevel reads a level's name; ok is false for any other word.
func ParseLevel(s string) (l Level, ok bool) {
	for i, name := range levelNames {
		if s == name {
			return Level(i), true
		}
	}
	return None, false
}

// MarshalText writes the level's name; what is no level can't be written.
func (l Level) MarshalText() ([]byte, error) {
	if l > High {
		return nil, fmt.Errorf("%s does not exist", l)
	}
	return []byte(l.String()), nil
}

// UnmarshalText reads a level's name.
func (l *Level) UnmarshalText(b []byte) error {
	v, ok := ParseLevel(string(b))
	if !ok {
		return fmt.Errorf("%q is not a level: none, low, medium or high", b)
	}
	*l = v
	return nil
}

// GainMeaning returns the glossary's definition of a level of gain, to be shown
// while one is chosen: people argue about levels, and the definition settles it.
func GainMeaning(l Level) string {
	return [...]string{
		"not judged yet",
		"we did without until now; few people; a work-around exists",
		"a work-around exists, but it hits quite a number of people",
		"a supported use; many people; no work-around",
	}[min(l, High)]
}

// PainMeaning returns the glossary's definition of a level of pain.
func PainMeaning(l Level) string {
	return [...]string{
		"not judged yet",
		"easy, known, documented: under a day",
		"doable with a little investigation: under a week",
		"never done before, needs analysis: over a week, or unknown",
	}[min(l, High)]
}

// Score orders work: low pain with high gain first, high pain with low gain
// last (the team's glossary). Smaller is sooner. It compares gain per pain, and
// of equal ones the larger gain; tickets without both levels come after all
// others, half-judged ones before untouched ones.
func Score(gain, pain Level) int {
	const judged = 100
	if gain == None || pain == None {
		if gain == None && pain == None {
			return judged + 2
		}
		return judged + 1
	}
	// Gain per pain times 6 is whole for all nine pairs: 2 to 18.
	ratio := 6 * int(gain) / int(pain)
	return (18-ratio)*4 + int(High-gain)
}
