package ui

import (
	"fmt"
	"time"

	"docket/model"
)

// ticket makes a ticket of the sample board: see with for what it can be given.
func ticket(number int64, title string, with ...func(*model.Ticket)) model.Ticket {
	t := model.Ticket{
		Ref: model.Ref{Repo: "infra/tickets", Number: number}, Title: model.NewLine(title),
		URL:     model.NewLine(fmt.Sprintf("https://forge.example.org/infra/tickets/issues/%d", number)),
		Author:  model.Person{Login: model.NewLine("liwei"), Name: model.NewLine("Li Wei")},
		Created: noon.Add(-3 * aDay), Updated: noon.Add(-time.Hour), State: model.NeedsReview,
	}
	for _, w := range with {
		w(&t)
	}
	return t
}

func state(s model.State) func(*model.Ticket) { return func(t *model.Ticket) { t.State = s } }
func old(d time.Duration) func(*model.Ticket) {
	return func(t *model.Ticket) { t.Created = noon.Add(-d) }
}
func quiet(d time.Duration) func(*model.Ticket) {
	return func(t *model.Ticket) { t.Updated = noon.Add(-d) }
}
func judged(gain, pain model.Level) func(*model.Ticket) {
	return func(t *model.Ticket) { t.Gain, t.Pain = gain, pain }
}
func has(login string) func(*model.Ticket) {
	return func(t *model.Ticket) { t.Assignees = model.Logins(model.NewLine(login)) }
}
func talked(n int) func(*model.Ticket) { return func(t *model.Ticket) { t.Comments = n } }
func dueIn(d time.Duration) func(*model.Ticket) {
	return func(t *model.Ticket) { t.Due = noon.Add(d) }
}
func closed(d time.Duration, as model.Resolution) func(*model.Ticket) {
	return func(t *model.Ticket) { t.ClosedAt, t.ClosedAs = noon.Add(-d), as }
}
func answered(t *model.Ticket) {
	t.State, t.ReporterSpoke, t.TeamSpoke = model.OnReporter, noon.Add(-time.Hour), noon.Add(-aDay)
}

// sample is a board such as a team has, small enough to read in a golden file.
func sample() []model.Ticket {
	on := state(model.OnAssignee)
	return []model.Ticket{
		ticket(13512, "Copr builders on s390x out of disk", old(2*time.Hour), talked(3)),
		ticket(13510, "New mailing list for the RISC-V SIG", old(6*time.Hour)),
		ticket(13507, "Wiki login loops after password reset", old(30*time.Hour), talked(5)),
		ticket(13466, "Grüße: 日本語 mirror list shows wrong names", old(9*aDay), answered),
		ticket(13500, "Registry answers 502 for every pull", old(4*time.Hour), state(model.Urgent), judged(model.High, model.High), has("kira")),
		ticket(13498, "Rotate the TLS certificate of the bastion hosts", on, judged(model.High, model.Medium), dueIn(2*aDay)),
		ticket(13483, "OpenShift worker 04 drops IPv6", on, old(8*aDay), judged(model.High, model.Low), talked(2)),
		ticket(13440, "Add group sync for the design team", on, old(22*aDay), judged(model.Medium, model.Low)),
		ticket(13391, "Move the old planet to the new cluster", on, old(70*aDay), judged(model.Medium, model.Low), talked(11)),
		ticket(13360, "Reinstall the build host in rack 12", on, old(80*aDay), judged(model.Low, model.High)),
		ticket(13502, "Mail delayed from the list server", on, old(2*aDay), judged(model.High, model.Medium), has("kira")),
		ticket(13475, "Backups of db03 not pruned", on, old(10*aDay), judged(model.High, model.Low), has("jonas")),
		ticket(13382, "Accounts: degraded searches", on, old(65*aDay), judged(model.Medium, model.High), has("kira"), dueIn(-2*aDay)),
		ticket(13488, "Cannot push to my fork", old(6*aDay), state(model.OnReporter), judged(model.Low, model.Low)),
		ticket(13421, "Request for a bot account", old(16*aDay), state(model.OnReporter), judged(model.Low, model.Low), quiet(16*aDay)),
		ticket(13377, "Slow downloads from Brazil", old(35*aDay), state(model.OnReporter), judged(model.Medium, model.Low), quiet(20*aDay)),
		ticket(13350, "Vendor must replace the failed power supply", old(40*aDay), state(model.OnExternal), judged(model.Medium, model.Medium)),
		ticket(13470, "Which regions keep a mirror?", old(12*aDay), state(model.NextMeeting), judged(model.Low, model.Medium)),
		ticket(13504, "Restart the queue", closed(aDay, model.Done), judged(model.Medium, model.Low)),
		ticket(13444, "A dashboard for everything", closed(3*aDay, model.Initiative), judged(model.High, model.High)),
		ticket(13430, "Why is the sky blue", closed(3*aDay, model.Invalid)),
	}
}

// many makes a board of n open tickets, as large trackers have.
func many(n int) []model.Ticket {
	states := []model.State{model.NeedsReview, model.OnAssignee, model.OnReporter, model.OnExternal, model.NextMeeting, model.Urgent}
	tickets := make([]model.Ticket, n)
	for i := range tickets {
		tickets[i] = ticket(int64(i+1), fmt.Sprintf("Ticket %d about the mirrors of region %d and what they serve", i+1, i%37),
			state(states[i%len(states)]), old(time.Duration(i)*time.Hour), judged(model.Level(i%4), model.Level(i/4%4)), talked(i%9))
		if i%5 == 0 {
			has("kira")(&tickets[i])
		}
	}
	return tickets
}
