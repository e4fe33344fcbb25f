package store

import "os"

// Lead implements forge.Store. The lead is a lock on a file beside the store,
// which stays when nobody holds it; several Stores of one process exclude each
// other like several processes.
func (s *Store) Lead() (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lead != nil {
		return true, nil
	}
	f, err := os.OpenFile(s.path+".lead", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return false, s.failed("take the lead", err)
	}
	got, err := lock(f, false)
	if err != nil || !got {
		f.Close()
		return false, s.failed("take the lead", err)
	}
	s.lead = f
	return true, nil
}
