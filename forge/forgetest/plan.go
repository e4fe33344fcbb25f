package forgetest

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Fault is one way in which a network, or what stands before a forge, fails.
type Fault string

// The faults. One that is not said to come before or after can do either: the
// request is carried out and its answer replaced, or it never arrives.
const (
	Delay       Fault = "delay"      // the request waits, then all goes well
	CutBefore   Fault = "cut before" // the connection closes; the request never arrives
	CutAfter    Fault = "cut after"  // the connection closes when the forge has answered
	Reset       Fault = "reset"      // the connection is reset
	TooMany     Fault = "429"        // with Retry-After in seconds, as a date, or without; before
	Unavailable Fault = "503"        // the same
	BadGateway  Fault = "502"        // with a page of HTML
	Truncated   Fault = "truncated"  // the answer ends in the middle; after
	WrongJSON   Fault = "wrong JSON" // a yes with some other JSON
	EmptyBody   Fault = "empty body" // a yes with nothing
	Redirect    Fault = "redirect"   // to a login page, as of a hotel; before
	Dark        Fault = "dark"       // for a while nothing arrives and nobody is answered
	none        Fault = "no fault"   // all goes well
	longestRest       = time.Second  // that a 429 or 503 asks for
)

// faults lists them in the order of their dice.
var faults = []Fault{Delay, CutBefore, CutAfter, Reset, TooMany, Unavailable, BadGateway, Truncated, WrongJSON, EmptyBody, Redirect, Dark}

// Plan says how a network is to fail. Two networks with the same plan throw the
// same dice for their first, second, third request and so on.
type Plan struct {
	Seed     uint64
	Rates    map[Fault]float64 // of 1; what is left of their sum goes well
	Slowest  time.Duration     // the longest Delay
	Darkness time.Duration     // the longest Dark
}

// Rough is a network on which a good quarter of the requests fail, in every way
// there is.
func Rough(seed uint64) Plan {
	p := Plan{Seed: seed, Rates: map[Fault]float64{}, Slowest: 50 * time.Millisecond, Darkness: 200 * time.Millisecond}
	for _, f := range faults {
		p.Rates[f] = 0.025
	}
	p.Rates[Delay] = 0.1
	p.Rates[TooMany], p.Rates[Unavailable], p.Rates[Dark] = 0.002, 0.002, 0.002 // these hold up everything
	return p
}

// String tells the plan in one line, so that a failed run can be repeated.
func (p Plan) String() string {
	parts := []string{fmt.Sprintf("seed %d", p.Seed)}
	for _, f := range faults {
		if rate := p.Rates[f]; rate > 0 {
			parts = append(parts, fmt.Sprintf("%s %g%%", f, rate*100))
		}
	}
	return strings.Join(append(parts, fmt.Sprintf("delays up to %v, dark up to %v", p.Slowest, p.Darkness)), ", ")
}

// pick returns the fault for a die from 0 to 1.
func (p Plan) pick(die float64) Fault {
	for _, f := range faults {
		if die < p.Rates[f] {
			return f
		}
		die -= p.Rates[f]
	}
	return none
}

// Tally counts what a faulty network did.
type Tally struct {
	Requests int // that came
	Arrived  int // of these, at the forge
	Faults   map[Fault]int
}

// String tells the counts in one line.
func (t Tally) String() string {
	parts := []string{fmt.Sprintf("%d requests, %d arrived", t.Requests, t.Arrived)}
	for _, f := range slices.Sorted(func(yield func(Fault) bool) {
		for f := range t.Faults {
			if !yield(f) {
				return
			}
		}
	}) {
		parts = append(parts, fmt.Sprintf("%d %s", t.Faults[f], f))
	}
	return strings.Join(parts, ", ")
}
