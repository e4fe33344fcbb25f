package model

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestADayIsReadAsPeopleWriteIt(t *testing.T) {
	wednesday := time.Date(2026, 5, 6, 22, 30, 0, 0, time.FixedZone("", -8*60*60)) // in UTC it is Thursday
	for text, want := range map[string]string{
		"2026-12-01": "2026-12-01", " 2028-02-29 ": "2028-02-29",
		"today": "2026-05-06", "tod": "2026-05-06", "Tomorrow": "2026-05-07", "tom": "2026-05-07",
		"fri": "2026-05-08", "Friday": "2026-05-08", "wed": "2026-05-13", "next tu": "2026-05-12", "th": "2026-05-07",
		"+2w": "2026-05-20", "+ 2 weeks": "2026-05-20", "2w": "2026-05-20", "in 3 days": "2026-05-09", "+0d": "2026-05-06",
		"+1m": "2026-06-06", "+1mo": "2026-06-06", "+1y": "2027-05-06",
		"1 dec": "2026-12-01", "dec 1": "2026-12-01", "1. december": "2026-12-01", "1 feb": "2027-02-01", "may 6": "2026-05-06", "may 5": "2027-05-05",
		"Dec 1, 2030": "2030-12-01",
	} {
		got, err := ParseDay(text, wednesday)
		if err != nil || got.Format(time.DateOnly) != want || got.Format(time.TimeOnly) != "23:59:59" || got.Location() != time.UTC {
			t.Errorf("%q is %v, not %s: %v", text, got, want, err)
		}
	}
	for _, none := range []string{"", "  ", "\t"} {
		if got, err := ParseDay(none, wednesday); err != nil || got != (Stamp{}) {
			t.Errorf("%q is %v: %v", none, got, err)
		}
	}
	for text, words := range map[string]string{
		"frx": `"frx" is no day: write`, "t": "is no day", "+2x": "is no day", "2026-13-01": "no month 13",
		"2026-02-30": "February 2026 has no day 30", "30 feb": "has no day 30", "+9999y": "too far away", "0001-01-01": "too far away",
		"12": "is no day", "+": "is no day", "1 2 dec 3": "is no day", "99999d": "is no day", "in": "is no day", "next": "is no day",
	} {
		if got, err := ParseDay(text, wednesday); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q is %v: %v, not %q", text, got, err, words)
		}
	}
	if at, _ := ParseDay("+1m", time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)); at.Format(time.DateOnly) != "2026-02-28" {
		t.Errorf("a month after 31 January is %v", at)
	}
}

func TestAnyTextIsADayOrAnError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[+]?[0-9]{0,5} ?(d|w|mo|y|dec|fri|-12-|){0,2}[0-9]{0,5}`)).Draw(t, "text")
		at, err := ParseDay(text, epoch)
		if err != nil && at != (Stamp{}) {
			t.Fatalf("%q is %v and an error", text, at)
		}
		if err == nil && !at.IsZero() {
			if again, err := ParseDay(at.Format(time.DateOnly), epoch); err != nil || again != at {
				t.Fatalf("%q is %v, which is read as %v: %v", text, at, again, err)
			}
		}
	})
}
