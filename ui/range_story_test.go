package ui

import "testing"

// While a range is being marked the first line says so and how it ends; it never
// ends without a word.
func TestARangeTellsThatItGoesOnAndThatItEnds(t *testing.T) {
	sit(t, 160, 35, sample(), func(p *person) {
		p.press("V", "down")
		p.sees("● 2 marked, V ends the range")
		p.press("V")
		p.sees("● 2 marked ", "2 tickets marked")
		p.misses("ends the range")
		p.press("down")
		p.misses("● 3 marked")
		p.press("esc", "V", "up", " ") // the key that marks ends it, too
		p.sees("● 2 marked ", "2 tickets marked")
		p.press("esc", "home", "V", "down", "l")
		p.sees("The range ends with its column: 2 marked")
		p.misses("V ends the range")
		p.press("esc", "h", "V", "enter")
		p.sees("The range ends where a ticket is opened: 1 marked")
		p.misses("V ends the range")
	})
	listen(t, sample(), func(l *listener) {
		l.holds(keys("V"), "Marking from here to where you go; V ends the range")
		l.holds(keys("down"), "2 tickets marked")
		l.holds(keys("V"), "2 tickets marked")
		l.press("V")
		l.holds(keys("l"), "The range ends with its column: 2 marked")
	})
}

// A range is about what was marked when something was done to that.
func TestWhatIsDoneToARangeEndsIt(t *testing.T) {
	sit(t, 160, 35, sample(), func(p *person) {
		p.press("V", "down", "g", "h", "enter")
		p.sees("Gain high: 2 tickets; u takes it back", "● 2 marked ")
		p.misses("ends the range")
	})
}
