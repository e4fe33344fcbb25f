package forge

import "time"

// Clock tells the time and wakes up at one. The system's is used where none is
// given.
type Clock interface {
	Now() time.Time
	After(time.Duration) <-chan time.Time
}

type systemClock struct{}

func (systemClock) Now() time.Time                         { return time.Now() }
func (systemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// Pace is how often the Desk does what. A zero field means its default.
type Pace struct {
	Poll      time.Duration // between two polls while the terminal has the focus: 15 s
	Unfocused time.Duration // the same while it has not: 60 s
	Slowest   time.Duration // the longest wait while the forge can't be reached: 5 min
	Facts     time.Duration // between two looks at rights, labels and people: 10 min
	Reconcile time.Duration // between two comparisons of all numbers: 1 h
	FullWalk  time.Duration // how long an equal count stands in for a walk: 24 h
	Gentle    time.Duration // between two pages of history: 150 ms
	Follow    time.Duration // between two looks at what other processes wrote: 300 ms
	Minute    time.Duration // between two looks at what became stale or due: 1 min
	Token     time.Duration // between two looks for another token while the forge refuses ours: 3 s
	Drafts    time.Duration // how long unfinished text waits for more of it: 300 ms
	Progress  time.Duration // between two pictures while very many changes are sent: 200 ms

	Retry        time.Duration // before a change that failed is tried again; doubled each time: 1 s
	SlowestRetry time.Duration // at most that long: 2 min
}

// overlap is how far behind the forge's clock the next poll starts, so that
// neither the second's boundary nor a write under way is missed.
const overlap = 10 * time.Second

func (p Pace) withDefaults() Pace {
	set := func(d *time.Duration, to time.Duration) {
		if *d <= 0 {
			*d = to
		}
	}
	set(&p.Poll, 15*time.Second)
	set(&p.Unfocused, time.Minute)
	set(&p.Slowest, 5*time.Minute)
	set(&p.Facts, 10*time.Minute)
	set(&p.Reconcile, time.Hour)
	set(&p.FullWalk, 24*time.Hour)
	set(&p.Gentle, 150*time.Millisecond)
	set(&p.Follow, 300*time.Millisecond)
	set(&p.Minute, time.Minute)
	set(&p.Token, 3*time.Second)
	set(&p.Drafts, 300*time.Millisecond)
	set(&p.Progress, 200*time.Millisecond)
	set(&p.Retry, time.Second)
	set(&p.SlowestRetry, 2*time.Minute)
	return p
}
