package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// Load fills a repository with synthetic tickets for measurements: open ones, closed ones, and so many
// comments on each. Rows have the size of real ones, about 2.9 KB of JSON. It creates the repository
// and its owner when they don't exist, and lays the past out over the last two years, so that the
// newest ticket is a minute old. 15,000 tickets with 60,000 comments take about a second.
func (f *Forge) Load(repo string, open, closed, commentsEach int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	l := f.newLoad(repo)
	total := open + closed
	l.pace = 2 * 365 * day / time.Duration(max(total, 1))
	l.repo.tickets = slices.Grow(l.repo.tickets, total)
	kept := l.repo.comments
	for i := range total {
		l.repo.comments = nil // comments of a ticket reach far past the next one: they are sorted once, below
		// Closed and open are spread evenly; old tickets are as likely open as new ones.
		l.ticket(i, total, (i+1)*closed/total > i*closed/total, commentsEach)
		kept = append(kept, l.repo.comments...)
	}
	slices.SortStableFunc(kept, older)
	l.repo.comments = kept
}

type load struct {
	*Forge
	repo   *repository
	people []*account
	labels []*label
	rng    *rand.Rand
	pace   time.Duration // from one ticket to the next
}

func (f *Forge) newLoad(path string) *load {
	login, name, _ := strings.Cut(path, "/")
	if f.accounts[strings.ToLower(login)] == nil {
		f.addAccount(login, login)
	}
	l := &load{Forge: f, repo: f.repos[strings.ToLower(path)], rng: rand.New(rand.NewPCG(f.options.Seed, 0x10ad))}
	if l.repo == nil {
		l.repo = f.addRepo(f.person(login), name)
	}
	if len(l.repo.labels) == 0 {
		f.furnishAlone(l.repo)
	}
	for i := range 40 {
		l.people = append(l.people, f.addAccount(fmt.Sprintf("contributor%02d", i), fmt.Sprintf("Contributor Number %d", i)))
	}
	l.labels = l.repo.labels
	return l
}

// furnishAlone makes the sample's labels for a repository that may have no organisation.
func (f *Forge) furnishAlone(r *repository) {
	kept := r.owner.labels
	f.furnish(r)
	r.owner.labels = kept
}

func (l *load) ticket(i, total int, closed bool, comments int) {
	now := l.now()
	at := now.Add(-time.Duration(total-i) * l.pace).Add(-time.Minute).Truncate(time.Second)
	by := pick(l.rng, l.people)
	t := l.openTicket(l.repo, deed{by, at}, l.sentence(6+l.rng.IntN(6)), l.text(550+l.rng.IntN(500)), nil, nil)
	life := now.Sub(at)
	moment := func(part float64) deed {
		return deed{pick(l.rng, l.people), at.Add(time.Duration(part * float64(life))).Truncate(time.Second)}
	}
	level := []string{"low", "medium", "high"}
	if i%12 != 0 {
		d := moment(0.01)
		l.addLabel(t, d, named(l.labels, "gain/"+pick(l.rng, level)))
		l.addLabel(t, d, named(l.labels, "pain/"+pick(l.rng, level)))
		if !closed {
			l.addLabel(t, d, named(l.labels, "state/"+pick(l.rng, states)))
		}
	}
	if i%4 == 0 {
		l.assign(t, moment(0.02), []*account{pick(l.rng, l.people)})
	}
	for n := range comments {
		part := 0.02 + 0.5*float64(n+1)/float64(comments+1)*l.rng.Float64()
		if n > 0 {
			part = max(part, 0.02+0.5*float64(n)/float64(comments+1))
		}
		l.comment(t, moment(part), l.text(120+l.rng.IntN(300)))
	}
	if closed {
		d := moment(0.6)
		l.addLabel(t, d, named(l.labels, "closed as/done"))
		_ = l.closeTicket(t, d) // nothing depends on anything here
	}
	slices.SortStableFunc(t.events, older)
}

var loadWords = strings.Fields(`the of and to server builder mirror list queue certificate key token user
group package build release branch deploy network disk backup restore timeout error warning after
before during update upgrade host cluster node proxy cache mail address account login password page
page log graph alert script playbook role test staging production slow broken missing wrong old new`)

func (l *load) sentence(words int) string {
	parts := make([]string, words)
	for i := range parts {
		parts[i] = pick(l.rng, loadWords)
	}
	parts[0] = strings.ToUpper(parts[0][:1]) + parts[0][1:]
	return strings.Join(parts, " ")
}

// text is about size bytes of paragraphs.
func (l *load) text(size int) string {
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(l.sentence(8 + l.rng.IntN(10)))
		b.WriteString(".\n\n")
	}
	return strings.TrimSpace(b.String())
}
