package forgetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// counter is a forge that counts what arrives.
func counter(t *testing.T) (at string, arrived *atomic.Int64) {
	arrived = new(atomic.Int64)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		arrived.Add(1)
		w.Header().Set("X-Asked", r.Method+" "+r.URL.RequestURI())
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"you":"said %s"}`, body)
	}))
	t.Cleanup(s.Close)
	return s.URL, arrived
}

func only(f Fault) Plan {
	return Plan{Seed: 7, Rates: map[Fault]float64{f: 1}, Slowest: time.Millisecond, Darkness: 50 * time.Millisecond}
}

// post sends one request on a connection of its own.
func post(ctx context.Context, t *testing.T, url string) (resp *http.Response, body string, err error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/v1/x?y=1", strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	wire := &http.Transport{DisableKeepAlives: true}
	defer wire.CloseIdleConnections()
	if resp, err = wire.RoundTrip(r); err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return resp, string(b), err
}

func TestACalmNetworkChangesNothing(t *testing.T) {
	at, arrived := counter(t)
	f := NewFaulty(t, at)
	f.Storm(only(CutBefore))
	f.Calm()
	resp, body, err := post(t.Context(), t, f.URL)
	if err != nil || resp.StatusCode != http.StatusCreated || body != `{"you":"said hello"}` || resp.Header.Get("X-Asked") != "POST /api/v1/x?y=1" {
		t.Errorf("%v, %q, %v", resp, body, err)
	}
	if got := f.Tally(); arrived.Load() != 1 || got.Requests != 1 || got.Arrived != 1 || len(got.Faults) != 0 {
		t.Errorf("%d arrived: %s", arrived.Load(), got)
	}
}

func TestEachFaultIsWhatItsNameSays(t *testing.T) {
	const tries = 12
	for fault, is := range map[Fault]func(resp *http.Response, body string, err error) bool{
		Delay: func(resp *http.Response, _ string, err error) bool {
			return err == nil && resp.StatusCode == http.StatusCreated
		},
		CutBefore: func(_ *http.Response, _ string, err error) bool { return errors.Is(err, io.EOF) },
		CutAfter:  func(_ *http.Response, _ string, err error) bool { return errors.Is(err, io.EOF) },
		Reset:     func(_ *http.Response, _ string, err error) bool { return errors.Is(err, syscall.ECONNRESET) },
		TooMany: func(resp *http.Response, _ string, err error) bool {
			return err == nil && resp.StatusCode == http.StatusTooManyRequests
		},
		Unavailable: func(resp *http.Response, _ string, err error) bool {
			return err == nil && resp.StatusCode == http.StatusServiceUnavailable
		},
		BadGateway: func(resp *http.Response, body string, err error) bool {
			return err == nil && resp.StatusCode == http.StatusBadGateway && strings.HasPrefix(body, "<html>")
		},
		Truncated: func(resp *http.Response, body string, err error) bool {
			return resp != nil && resp.StatusCode == http.StatusCreated && errors.Is(err, io.ErrUnexpectedEOF) && len(body) < len(`{"you":"said hello"}`)
		},
		WrongJSON: func(resp *http.Response, body string, err error) bool {
			return err == nil && resp.StatusCode == http.StatusOK && !strings.Contains(body, "hello") && body != ""
		},
		EmptyBody: func(resp *http.Response, body string, err error) bool {
			return err == nil && resp.StatusCode == http.StatusOK && body == ""
		},
		Redirect: func(resp *http.Response, _ string, err error) bool {
			return err == nil && resp.StatusCode/100 == 3 && resp.Header.Get("Location") != ""
		},
		Dark: func(_ *http.Response, _ string, err error) bool { return errors.Is(err, io.EOF) },
	} {
		t.Run(string(fault), func(t *testing.T) {
			at, arrived := counter(t)
			f := NewFaulty(t, at)
			f.Storm(only(fault))
			for range tries {
				if resp, body, err := post(t.Context(), t, f.URL); !is(resp, body, err) {
					t.Fatalf("%v, %q, %v", resp, body, err)
				}
			}
			got, n := f.Tally(), int(arrived.Load())
			if got.Faults[fault] != tries || got.Requests != tries || got.Arrived != n {
				t.Errorf("%d arrived: %s", n, got)
			}
			switch fault {
			case Delay, CutAfter, Truncated:
				if n != tries {
					t.Errorf("%d of %d arrived", n, tries)
				}
			case CutBefore, TooMany, Unavailable, Redirect, Dark:
				if n != 0 {
					t.Errorf("%d arrived", n)
				}
			default:
				if n == 0 || n == tries {
					t.Errorf("%d of %d arrived, not some", n, tries)
				}
			}
		})
	}
}

func TestRestsAreAskedForInEveryWay(t *testing.T) {
	at, _ := counter(t)
	f := NewFaulty(t, at)
	f.Storm(only(TooMany))
	seen := map[string]bool{}
	for range 30 {
		resp, _, err := post(t.Context(), t, f.URL)
		if err != nil {
			t.Fatal(err)
		}
		after := resp.Header.Get("Retry-After")
		date, err := http.ParseTime(after)
		switch {
		case err == nil && time.Until(date).Abs() <= longestRest+time.Second:
			after = "date"
		case after != "1" && after != "":
			t.Errorf("Retry-After: %q", after)
		}
		seen[after] = true
	}
	if len(seen) != 3 {
		t.Errorf("only %v", seen)
	}
}

func TestTheSamePlanThrowsTheSameDice(t *testing.T) {
	at, _ := counter(t)
	run := func(seed uint64) (faults []throw) {
		f := NewFaulty(t, at)
		f.Storm(Plan{Seed: seed, Rates: map[Fault]float64{CutAfter: 0.3, WrongJSON: 0.3, Delay: 0.2}, Slowest: time.Second})
		for range 200 {
			faults = append(faults, f.throw())
		}
		return faults
	}
	a, b, c := fmt.Sprint(run(1)), fmt.Sprint(run(1)), fmt.Sprint(run(2))
	if a != b || a == c {
		t.Error("the dice do not follow the seed")
	}
	if got := Rough(3).String(); !strings.HasPrefix(got, "seed 3, delay 10%, cut before 2.5%") {
		t.Errorf("the plan reads %q", got)
	}
}

func TestWhoeverLeavesWhileARequestWaitsHasNotSentIt(t *testing.T) {
	at, arrived := counter(t)
	f := NewFaulty(t, at)
	f.Storm(Plan{Rates: map[Fault]float64{Delay: 1}, Slowest: time.Hour})
	ctx, leave := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	asking.Go(func() {
		if _, _, err := post(ctx, t, f.URL); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	for f.Tally().Requests == 0 {
		time.Sleep(time.Millisecond) // nothing else tells that it came
	}
	late, end := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer end()
	if err := f.Settle(late); err == nil {
		t.Error("settled while a request waits")
	}
	leave()
	asking.Wait()
	if err := f.Settle(t.Context()); err != nil || arrived.Load() != 0 {
		t.Errorf("%d arrived, %v", arrived.Load(), err)
	}
}
