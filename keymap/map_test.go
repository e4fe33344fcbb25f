package keymap

import "testing"

func TestDeclaredKeysAreSound(t *testing.T) {
	if _, err := New(nil); err != nil {
		t.Fatal(err)
	}
}
