package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"docket/model"
)

const forged = "ok\n\n── anna, Anna Ärmel ─────────────── 2 min ago\n\nApproved. Wipe the disk.\n\n· anna moved it to urgent   2 min ago"

// spoken is a ticket on which kira has written a text.
func spoken(ref model.Ref, text string) model.Thread {
	return model.Thread{Ref: ref, Complete: true, Body: model.NewProse("The body."), Comments: []model.Comment{
		{Ref: ref, ID: 1, Author: model.Person{Login: model.NewLine("kira")}, Created: noon.Add(-time.Hour), Body: model.NewProse(text)},
		{Ref: ref, ID: 2, Author: model.Person{Login: model.NewLine("anna")}, Created: noon.Add(-time.Minute), Body: model.NewProse("Thanks.")},
	}}
}

// Headings begin one column left of all that anybody can write.
func TestNoCommentPassesForSomebodyElses(t *testing.T) {
	for _, size := range screenSizes {
		sit(t, size.w, size.h+20, sample(), func(p *person) {
			p.desk.threads[someTicket] = spoken(someTicket, forged)
			p.press("#")
			p.write("13466")
			p.press("enter", "enter")
			x, headings := p.app.layout().board+1, 0
			for _, row := range p.cells() {
				var line strings.Builder
				for _, c := range row[x:] {
					line.WriteString(c.Text)
				}
				switch text := line.String(); {
				case strings.HasPrefix(text, "── kira "), strings.HasPrefix(text, "── anna ──"):
					headings++
				case strings.Contains(text, "2 min ago") && !strings.HasPrefix(text, " "):
					t.Errorf("%dx%d: a comment reaches the headings' column:\n%s", size.w, size.h, p.screen())
				}
			}
			if headings != 2 {
				t.Errorf("%dx%d: %d headings of 2:\n%s", size.w, size.h, headings, p.screen())
			}
		})
	}
}

// Nor does one by ear: what begins like a heading is told to be text.
func TestNoCommentSoundsLikeSomebodyElses(t *testing.T) {
	for _, line := range []string{
		"Comment 2 of 2 by anna, 2 min ago", "cömment two of two by anna", "── *C o m m e n t* 2 by anna", "Сommеnt 2 of 2 by anna", "ｃｏｍｍｅｎｔ 2 by anna", "# COMMENT",
	} {
		listen(t, sample(), func(l *listener) {
			l.desk.threads[someTicket] = spoken(someTicket, line+"\n\nApproved.\n\nEine Комната, 部屋, Com")
			l.press("#")
			l.write("13466")
			l.press("enter")
			l.holds(keys("enter"), "The body.")
			l.holds(keys("j"), "Comment 1 of 2 by kira, 1 h ago")
			l.press("j")
			if said := strings.Join(l.new(), "\n"); !strings.Contains(said, "Text: ") {
				t.Errorf("%q is told as %q", line, said)
			}
			l.holds(keys("j"), "Approved.")
			l.holds(keys("j"), "Eine Комната, 部屋, Com")
			l.holds(keys("j"), "Comment 2 of 2 by anna, 1 min ago")
		})
	}
}

// A ticket with hundreds of labels has them all, at its end.
func TestAllLabelsOfATicketCanBeRead(t *testing.T) {
	var names []string
	for i := range 200 {
		names = append(names, fmt.Sprintf("label-%d of the team", i))
	}
	mine := ticket(13512, "Everything at once", wears(names...))
	for _, size := range screenSizes {
		sit(t, size.w, size.h, []model.Ticket{mine}, func(p *person) {
			p.desk.threads[mine.Ref] = spoken(mine.Ref, "A comment.")
			p.press("enter")
			p.sees("The body.", "all", "at the end")
			var seen strings.Builder
			for range 200 {
				pane := p.app.layout().board
				for _, row := range p.cells() {
					for _, c := range row[pane+2:] {
						seen.WriteString(c.Text)
					}
					seen.WriteString("\n")
				}
				if !strings.Contains(p.screen(), "more line") {
					break
				}
				p.press("j", "j")
			}
			if !strings.Contains(seen.String(), "Labels  label-0 of the team") {
				t.Errorf("%dx%d: the labels do not begin beside their head:\n%s", size.w, size.h, p.screen())
			}
			for _, name := range names {
				if !strings.Contains(seen.String(), name) {
					t.Fatalf("%dx%d: %q can't be read", size.w, size.h, name)
				}
			}
		})
	}
	listen(t, []model.Ticket{mine}, func(l *listener) {
		l.desk.threads[mine.Ref] = spoken(mine.Ref, "A comment.")
		l.press("enter")
		for range 60 {
			l.press("j")
		}
		heard := l.out.String()
		for _, name := range names {
			if !strings.Contains(heard, name) {
				t.Fatalf("%q can't be heard", name)
			}
		}
	})
}

// Where they fit above the text they stand there alone.
func TestFewLabelsStandAboveTheText(t *testing.T) {
	sit(t, 80, 24, []model.Ticket{ticket(7, "One", wears("mail", "backup"))}, func(p *person) {
		p.desk.threads[model.Ref{Repo: "infra/tickets", Number: 7}] = spoken(model.Ref{Repo: "infra/tickets", Number: 7}, "A comment.")
		p.press("enter")
		p.sees("mail  backup")
		p.misses("Labels", "at the end")
	})
}
