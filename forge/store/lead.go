package store

import (
	"crypto/sha256"
	"fmt"
	"os"
)

// claim is how a file is to be locked.
type claim int

const (
	alone    claim = iota // waits until nobody else has any lock on it
	together              // waits until nobody has it alone
	aloneNow              // does not wait
)

// take opens a file beside the store and locks it until it is closed; it
// returns nil when the lock is wanted now and somebody else has it.
func (s *Store) take(name string, c claim) (*os.File, error) {
	f, err := os.OpenFile(s.path+name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	got, err := lock(f, c)
	if err != nil || !got {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Lead implements forge.Store. The lead is a lock on a file beside the store,
// one for each person, which stays when nobody holds it; several Stores of one
// process exclude each other like several processes.
func (s *Store) Lead(login string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.leads[login] != nil {
		return true, nil
	}
	// A login is foreign text: only its digest may be in the name of a file.
	name := fmt.Sprintf(".lead-%x", sha256.Sum256([]byte(login)))[:len(".lead-")+12]
	f, err := s.take(name, aloneNow)
	if f != nil {
		s.leads[login] = f
	}
	return f != nil, s.failed("take the lead", err)
}
