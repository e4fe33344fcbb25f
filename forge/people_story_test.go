package forge_test

import (
	"context"
	"testing"
	"time"

	"docket/forge"
	"docket/model"
)

// somebody is the world as the token of another person sees it.
type somebody struct {
	*world
	login string
}

func (p somebody) Me(ctx context.Context) (model.Person, error) {
	_, err := p.world.Me(ctx)
	return model.Person{Login: model.NewLine(p.login)}, err
}

func (p somebody) Apply(ctx context.Context, o forge.Order) (forge.Receipt, error) {
	p.do(func() { p.log = append(p.log, "by "+p.login+" on "+o.Now.Ref.String()) })
	return p.world.Apply(ctx, o)
}

// with starts another process on the same disk, with the token of somebody.
func (s *scene) with(login string) *scene {
	other := &scene{T: s.T, world: s.world, disk: s.disk, as: login}
	other.open()
	other.run()
	return other
}

// leftBehind has somebody comment while the forge is out of reach, and die.
func (s *scene) leftBehind(login, text string) {
	who := s.with(login)
	who.after(time.Minute)
	who.unreachable(true)
	who.submit(1, say(text))
	who.after(time.Minute)
	who.kill()
	who.unreachable(false)
}

func TestWhatOnePersonMadeIsNotSentInTheNameOfAnother(t *testing.T) {
	story(t, 5, func(s *scene) {
		s.leftBehind("berta", "from berta")
		s.world.requests()

		kira := s.with("kira")
		kira.after(5 * time.Minute)
		kira.entries(model.Pending)
		kira.submit(2, say("from kira"))
		kira.after(time.Minute)
		if got := s.world.requests("by "); len(got) != 1 || got[0] != "by kira on "+ref(2).String() {
			t.Fatalf("sent %q", got)
		}

		berta := s.with("berta") // beside kira, who leads for herself only
		berta.after(time.Minute)
		if got := s.world.requests("by "); len(got) != 1 || got[0] != "by berta on "+ref(1).String() {
			t.Fatalf("sent %q", got)
		}
		kira.entries()
		kira.stop()
		berta.stop()
	})
}

func TestWhatWasMadeBeforeItWasKnownByWhomIsSentOnceItIs(t *testing.T) {
	story(t, 5, func(s *scene) {
		s.unreachable(true)
		kira := s.with("kira")
		kira.submit(3, say("hello"))
		kira.after(time.Minute)
		if e := kira.entries(model.Pending)[0]; !e.By.Empty() {
			t.Fatalf("made by %s, whom nobody has met yet", e.By)
		}
		kira.unreachable(false)
		kira.after(10 * time.Minute)
		kira.entries()
		if got := s.world.requests("by "); len(got) != 1 || got[0] != "by kira on "+ref(3).String() {
			t.Fatalf("sent %q", got)
		}
		kira.stop()
	})
}

func TestRetryingWhatAnotherMadeSendsItAsOneself(t *testing.T) {
	story(t, 5, func(s *scene) {
		s.leftBehind("berta", "from berta")

		kira := s.with("kira")
		kira.after(time.Minute)
		kira.desk.Settle(kira.entries(model.Pending)[0].ID, model.Retry)
		kira.after(time.Minute)
		kira.entries()
		kira.stop()
	})
}
