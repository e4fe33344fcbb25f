package model

import "time"

// AgeBand is how long tickets have been open, roughly: pictures of many tickets
// shade by it.
type AgeBand uint8

// The bands, youngest first. Each ends where the next begins.
const (
	UnderAWeek AgeBand = iota
	UnderAMonth
	UnderAQuarter
	UnderAYear
	Older
)

// AgeBands is how many bands there are.
const AgeBands = int(Older) + 1

// bandEnds are the ages at which the bands end; the last has no end.
var bandEnds = [AgeBands - 1]time.Duration{7 * aDay, 30 * aDay, 91 * aDay, 365 * aDay}

// BandOf returns the band of an age.
func BandOf(age time.Duration) AgeBand {
	for i, end := range bandEnds {
		if age < end {
			return AgeBand(i)
		}
	}
	return Older
}

// String names a band for people and for files.
func (b AgeBand) String() string {
	return [...]string{"under a week", "under a month", "under 3 months", "under a year", "a year and more"}[min(b, Older)]
}

// Ages counts tickets by how long they have been open.
type Ages [AgeBands]int
