package uitest

import (
	"sync"
	"time"
)

// wire is a slow line: what is sent arrives later, in the order and at the
// distance in which it was sent.
type wire struct {
	parcels chan parcel
	empty   chan struct{} // closed when everything has arrived after hangUp
	once    sync.Once
	delay   time.Duration
	mu      sync.Mutex
	closed  bool
}

type parcel struct {
	due   time.Time
	bytes []byte
}

func newWire(delay time.Duration, arrive func([]byte)) *wire {
	const underWay = 100_000
	w := &wire{parcels: make(chan parcel, underWay), empty: make(chan struct{}), delay: delay}
	go func() {
		defer close(w.empty)
		for p := range w.parcels {
			time.Sleep(time.Until(p.due)) // the way takes its time: it is what is tested
			arrive(p.bytes)
		}
	}()
	return w
}

func (w *wire) send(b []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.parcels <- parcel{time.Now().Add(w.delay), b}
	}
}

// hangUp waits until everything has arrived that was sent.
func (w *wire) hangUp() {
	w.once.Do(func() {
		w.mu.Lock()
		w.closed = true
		close(w.parcels)
		w.mu.Unlock()
	})
	<-w.empty
}
