package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseDay reads a day as people write one: 2026-12-01, 1 dec, dec 1 2027,
// today, tomorrow, fri (the next one), +2w or 3 days. Words may be cut short
// where they stay clear. Empty text is the zero Stamp: none. The result is the
// day's last second in UTC, as forges keep it; today is in the person's zone.
// The error is in words for the person.
func ParseDay(text string, today time.Time) (Stamp, error) {
	words := strings.Fields(strings.ToLower(strings.NewReplacer(",", " ", "+", " + ").Replace(text)))
	if len(words) == 0 {
		return Stamp{}, nil
	}
	y, m, d := today.Date()
	start := time.Date(y, m, d, 23, 59, 59, 0, time.UTC)
	for _, read := range []func([]string, time.Time) (time.Time, bool, error){readDate, readNamed, readDistance, readMonthDay} {
		at, ok, err := read(words, start)
		switch {
		case err != nil:
			return Stamp{}, err
		case ok && (at.Year() < 1970 || at.Year() > 9999):
			return Stamp{}, fmt.Errorf("the year %d is too far away", at.Year())
		case ok:
			return Stamp{at}, nil
		}
	}
	return Stamp{}, fmt.Errorf("%q is no day: write 2026-12-01, tomorrow, fri or +2w", NewLine(text).String())
}

// readDate reads 2026-12-01.
func readDate(words []string, start time.Time) (time.Time, bool, error) {
	parts := strings.Split(words[0], "-")
	if len(words) != 1 || len(parts) != 3 || len(parts[0]) != 4 {
		return start, false, nil
	}
	var n [3]int
	for i, p := range parts {
		v, ok := digits(p)
		if !ok {
			return start, false, nil
		}
		n[i] = v
	}
	if n[1] < 1 || n[1] > 12 {
		return start, false, fmt.Errorf("there is no month %d", n[1])
	}
	at, err := dayOf(n[0], time.Month(n[1]), n[2])
	return at, err == nil, err
}

// dayOf returns the end of a day that the calendar has.
func dayOf(year int, month time.Month, day int) (time.Time, error) {
	at := time.Date(year, month, day, 23, 59, 59, 0, time.UTC)
	if day < 1 || at.Month() != month {
		return at, fmt.Errorf("%s %d has no day %d", month, year, day)
	}
	return at, nil
}

// readNamed reads today, tomorrow and weekdays, the next of which is meant.
func readNamed(words []string, start time.Time) (time.Time, bool, error) {
	if words[0] == "next" && len(words) > 1 {
		words = words[1:]
	}
	ahead, found := 0, 0
	for i := range 7 {
		names := []string{strings.ToLower(start.AddDate(0, 0, i+1).Weekday().String())}
		switch i {
		case 0:
			names = append(names, "tomorrow")
		case 6:
			names = append(names, "today")
		}
		for _, name := range names {
			if len(words) == 1 && len(words[0]) > 1 && strings.HasPrefix(name, words[0]) {
				found, ahead = found+1, i+1
				if name == "today" {
					ahead = 0
				}
			}
		}
	}
	return start.AddDate(0, 0, ahead), found == 1, nil
}

// readDistance reads +2w, 3 days and in 1 month.
func readDistance(words []string, start time.Time) (time.Time, bool, error) {
	if words[0] == "in" || words[0] == "+" {
		words = words[1:]
	}
	joined := strings.Join(words, "")
	at := strings.IndexFunc(joined, func(r rune) bool { return r < '0' || r > '9' })
	if at < 1 {
		return start, false, nil
	}
	n, ok := digits(joined[:at])
	if !ok {
		return start, false, nil
	}
	switch unit := joined[at:]; {
	case cutShort(unit, "days"):
		return start.AddDate(0, 0, n), true, nil
	case cutShort(unit, "weeks"):
		return start.AddDate(0, 0, 7*n), true, nil
	case cutShort(unit, "months"):
		return months(start, n), true, nil
	case cutShort(unit, "years"):
		return months(start, 12*n), true, nil
	}
	return start, false, nil
}

// months goes on by months, to the last day of one that is shorter.
func months(from time.Time, n int) time.Time {
	at := from.AddDate(0, n, 0)
	if at.Day() != from.Day() {
		at = at.AddDate(0, 0, -at.Day())
	}
	return at
}

// readMonthDay reads 1 dec, dec 1 and either with a year; without one, the next
// such day is meant.
func readMonthDay(words []string, start time.Time) (time.Time, bool, error) {
	var month time.Month
	var numbers []int
	for _, w := range words {
		if n, ok := digits(strings.TrimSuffix(w, ".")); ok {
			numbers = append(numbers, n)
			continue
		}
		for m := time.January; m <= time.December; m++ {
			if len(w) > 2 && month == 0 && cutShort(w, strings.ToLower(m.String())) {
				month = m
			}
		}
	}
	if month == 0 || len(numbers) < 1 || len(numbers) > 2 || len(numbers)+1 != len(words) {
		return start, false, nil
	}
	year := start.Year()
	if len(numbers) == 2 {
		year = numbers[1]
	}
	at, err := dayOf(year, month, numbers[0])
	if err == nil && len(numbers) == 1 && at.Before(start) {
		at, err = dayOf(year+1, month, numbers[0])
	}
	return at, err == nil, err
}

// cutShort reports whether a word is the beginning of another.
func cutShort(word, whole string) bool { return word != "" && strings.HasPrefix(whole, word) }

// digits reads a number of up to four digits.
func digits(s string) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 16)
	return int(n), err == nil && len(s) <= 4
}
