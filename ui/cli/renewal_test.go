package cli

import (
	"context"
	"log/slog"
	"testing"

	"docket/forge/forgetest"
	"docket/forge/gitea"
)

// home is a computer with a board of one forge that runs, and a keyring or none.
type home struct {
	*testing.T
	tokens
	renew func(context.Context, bool) (who string)
}

func atBoard(t *testing.T, server *forgetest.Server, r *ring, token, from string) *home {
	t.Helper()
	at := forgeAt(t, server.URL)
	p := &program{token: token, from: from, found: r, looked: true, log: slog.New(slog.DiscardHandler)}
	remote, err := gitea.New(gitea.Options{URL: server.URL, Token: token})
	if err != nil {
		t.Fatal(err)
	}
	renew := p.renewal(at, remote)
	return &home{t, tokens{at, r}, func(ctx context.Context, refused bool) string {
		me, _, ok := renew(ctx, refused)
		if !ok {
			return "nobody else"
		}
		return me.Login.String()
	}}
}

func (h *home) login(token string) {
	h.Helper()
	if _, err := h.keep(h.Context(), token); err != nil {
		h.Fatal(err)
	}
}

func (h *home) becomes(who string, refused bool) {
	h.Helper()
	if got := h.renew(h.Context(), refused); got != who {
		h.Errorf("the board becomes that of %s, not of %s", got, who)
	}
}

// The board follows login there and back, and takes nothing of its own accord
// that was there all along.
func TestABoardFollowsLoginThereAndBack(t *testing.T) {
	server := forgetest.Embedded(t)
	anna, kira := server.NewUser(t, "anna", "Anna"), server.NewUser(t, "kira", "Kira")
	for _, from := range []string{inFile, inRing, inEnvironment} {
		t.Run(from, func(t *testing.T) {
			atHome(t)
			var keys *ring
			if from == inRing {
				keys = newRing(newFakeRing())
			}
			if from != inEnvironment {
				if _, err := (tokens{forgeAt(t, server.URL), keys}).keep(t.Context(), anna); err != nil {
					t.Fatal(err)
				}
			}
			h := atBoard(t, server, keys, anna, from)
			h.becomes("nobody else", false)
			h.login(kira)
			h.becomes("kira", false)
			h.becomes("nobody else", false)
			h.login(anna)
			h.becomes("anna", false)
			h.becomes("nobody else", false)
		})
	}
}

func TestWhatIsKeptBesideTheTokenInUseIsLeftAlone(t *testing.T) {
	server := forgetest.Embedded(t)
	anna, kira := server.NewUser(t, "anna", "Anna"), server.NewUser(t, "kira", "Kira")
	atHome(t)
	keys := newRing(newFakeRing())
	at := forgeAt(t, server.URL)
	if _, err := (tokens{at, keys}).keep(t.Context(), kira); err != nil {
		t.Fatal(err)
	}
	if err := writeToken(tokenPath(at), anna); err != nil { // of a day without a keyring
		t.Fatal(err)
	}
	h := atBoard(t, server, keys, kira, inRing)
	for range 3 {
		h.becomes("nobody else", false)
	}
	other := atBoard(t, server, keys, anna, inEnvironment)
	for range 3 {
		other.becomes("nobody else", false)
	}
	other.becomes("kira", true) // but if the forge refuses anna's, what else is kept will do
	h.becomes("anna", true)
	h.becomes("nobody else", true)
}
