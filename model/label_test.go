package model

import (
	"slices"
	"strings"
	"testing"
)

// seen is what forges of such teams call things: the labels of the workflow
// document, and each in other spellings.
var seen = map[Meaning][]string{
	{FieldGain, "low"}: {
		"Gain/Low", "low-gain", "gain/low", "Low_Gain", "GAIN::LOW", "gain: low", "📈 gain low", "gain.low",
		"Priority::Low", "priority/low", "low (gain)", "l\u200bow gain", "gain=low",
	},
	{FieldGain, "medium"}: {"medium-gain", "Gain/Medium", "Priority::Medium"},
	{FieldGain, "high"}:   {"high-gain", "gain/high", "Priority::High", "⚠️ high gain", "2️⃣ high-gain", "👩‍🚀 Gain High"},
	{FieldPain, "low"}: {
		"low-trouble", "Trouble/Low", "pain/low", "points::1", "points::2", "Points/1", "low pain", "trouble_low",
	},
	{FieldPain, "medium"}: {"medium-trouble", "PAIN - MEDIUM", "points::3", "points::5", "5 points"},
	{FieldPain, "high"}:   {"high-trouble", "trouble::high", "points::8", "points::13"},
	{FieldType, "dev"}:    {"dev", "Dev", "🛠 dev"},
	{FieldType, "ops"}:    {"ops", "OPS"},
	{FieldState, "needs review"}: {
		"Priority/Needs Review", "needs-review", "?/needs triage", "state/review", "Needs_Triage", "review needs",
	},
	{FieldState, "waiting on assignee"}: {
		"Priority/Waiting on Assignee", "Priority/Waiting on Asignee", "waiting-on-assignee", "state/approved",
		"state::waiting on assignee", "Waiting for assignee", "assignee: waiting on", "In Progress", "status/in-progress",
	},
	{FieldState, "waiting on reporter"}: {
		"Priority/Waiting on Reporter", "?/needs reporter feedback", "waiting for the reporter", "waiting_on_reporter",
		"needinfo", "needs-info", "Status/Need More Info", "reporter feedback needs", "⏳ Waiting on Reporter",
	},
	{FieldState, "waiting on external"}: {"Priority/Waiting on External", "waiting on upstream", "state/blocked", "Waiting/External"},
	{FieldState, "next meeting"}:        {"Priority/Next Meeting", "next-meeting", "state::next_meeting"},
	{FieldState, "urgent"}:              {"Priority/URGENT", "urgent", "🔥urgent🔥", "🇩🇪 urgent"},
	{FieldResolution, "done"}:           {"Closed As/Fixed", "closed as/done", "Closed::Fixed", "resolution/completed"},
	{FieldResolution, "initiative"}:     {"Closed As/Initiative Worthy", "closed-as: initiative"},
	{FieldResolution, "invalid"}:        {"Closed As/Invalid", "invalid", "resolution: not a bug"},
	{FieldResolution, "duplicate"}:      {"Closed As/Duplicate", "duplicate"},
	{FieldResolution, "will not fix"}:   {"Closed As/Will Not Fix", "wontfix", "closed as won't fix", "Closed as/Won’t fix"},
	{FieldResolution, "insufficient data"}: {
		"Closed As/Insufficient Data", "closed as/no answer",
	},
	{FieldResolution, "upstream"}:      {"Closed As/Upstream"},
	{FieldResolution, "wrong tracker"}: {"closed as/wrong tracker"},
	{FieldResolution, "spam"}:          {"Closed As/Spam"},
}

func TestLabelsSeenOnForgesAreRecognised(t *testing.T) {
	for want, labels := range seen {
		for _, label := range labels {
			for _, spelt := range []string{label, strings.ToUpper(label), " " + strings.ToLower(label) + " "} {
				if got, ok := (Scheme{}).Read(spelt); !ok || got != want {
					t.Errorf("%q is read as %v %v, not %v", spelt, got, ok, want)
				}
			}
		}
	}
}

func TestOtherLabelsMeanNothing(t *testing.T) {
	for _, label := range []string{
		"", " ", "🔥", "/", "bug", "security", "private", "needs-work", "high", "low", "Low hanging fruit", "gain", "pain",
		"gain/none", "gain/huge", "points", "points::4", "points/low", "meeting", "upstream", "review", "new", "open",
		"blocked", "priority", "state/", "closed as", "closed", "resolved", "waiting", "high low", "against gain",
		"no pain no gain", "good first issue", "help wanted", "devops", "kind/feature", "the", "1️⃣",
	} {
		if m, ok := (Scheme{}).Read(label); ok {
			t.Errorf("%q is read as %v", label, m)
		}
	}
}

func TestConfigurationOverridesTheMap(t *testing.T) {
	s := Scheme{Own: map[string]Meaning{
		"P1":             {FieldGain, "high"},
		"blocks release": {FieldState, string(Urgent)},
		"Being Done":     {FieldState, string(InProgress)},
		"ops":            {},
		"high-gain":      {FieldPain, "high"},
		"🔥":              {FieldState, string(Urgent)},
		"Größe/klein":    {FieldPain, "low"},
	}}
	for label, want := range map[string]Meaning{
		"p1": {FieldGain, "high"}, "Blocks::Release": {FieldState, "urgent"}, "being-done": {FieldState, "waiting on assignee"},
		"ops": {}, "High Gain": {FieldPain, "high"}, "🔥": {FieldState, "urgent"}, "🌵": {}, "gro\u0308ße: klein": {FieldPain, "low"},
		"gain/high": {FieldGain, "high"},
	} {
		got, ok := s.Read(label)
		if got != want || ok != (want != Meaning{}) {
			t.Errorf("%q is read as %v %v, not %v", label, got, ok, want)
		}
	}
}

func TestMissingLabelsCanBeCreatedAndAreThenRecognised(t *testing.T) {
	var s Scheme
	var created []Label
	for _, m := range s.Missing(nil) {
		l := m.Default()
		if !l.Exclusive || len(l.Color) != 6 || !strings.Contains(l.Name.String(), "/") {
			t.Errorf("%v would be created as %+v", m, l)
		}
		created = append(created, l)
	}
	if len(created) != 6+5+len(Resolutions) {
		t.Errorf("%d labels are missing in an empty repository", len(created))
	}
	if still := s.Missing(created); len(still) > 0 {
		t.Errorf("still missing after all were created: %v", still)
	}
	for i := range created {
		created[i].Archived = true
	}
	if got := s.Missing(created); len(got) != len(created) {
		t.Errorf("archived labels count as present: only %v are missing", got)
	}
}

func TestTheLabelToSet(t *testing.T) {
	label := func(name string, exclusive bool) Label { return Label{Name: NewLine(name), Exclusive: exclusive} }
	archived := label("gain/low", true)
	archived.Archived = true
	own := Scheme{Own: map[string]Meaning{"tiny win": {FieldGain, "low"}}}
	for _, c := range []struct {
		why    string
		scheme Scheme
		want   Meaning
		pick   string
		labels []Label
	}{
		{"an archived one never", Scheme{}, Meaning{FieldGain, "low"}, "", []Label{archived}},
		{"a plain one before an archived one", Scheme{}, Meaning{FieldGain, "low"}, "low-gain", []Label{archived, label("low-gain", false)}},
		{"exclusive first", Scheme{}, Meaning{FieldGain, "low"}, "Gain/Low", []Label{label("low-gain", false), label("Gain/Low", true)}},
		{"first of equals", Scheme{}, Meaning{FieldGain, "low"}, "low-gain", []Label{label("low-gain", false), label("gain low", false)}},
		{"says most", Scheme{}, Meaning{FieldPain, "low"}, "pain/low", []Label{label("points/1", true), label("pain/low", true)}},
		{"says most", Scheme{}, Meaning{FieldState, string(OnAssignee)}, "waiting on assignee",
			[]Label{label("in progress", false), label("waiting on assignee", false)}},
		{"the team's own", own, Meaning{FieldGain, "low"}, "Tiny Win", []Label{label("gain low", false), label("Tiny Win", false)}},
	} {
		got, ok := c.scheme.Pick(c.labels, c.want)
		if ok != (c.pick != "") || got.Name.String() != c.pick {
			t.Errorf("%s: picked %q", c.why, got.Name)
		}
	}
}

func TestLabelsOfATicketInAnyOrder(t *testing.T) {
	for _, c := range []struct {
		labels string
		want   Ticket
	}{
		{"", Ticket{State: NeedsReview}},
		{"bug security", Ticket{State: NeedsReview}},
		{"low-gain high-trouble ops", Ticket{Gain: Low, Pain: High, State: NeedsReview}},
		{"low-gain high-gain", Ticket{Gain: High, State: NeedsReview}},
		{"waiting-on-assignee urgent next-meeting", Ticket{State: Urgent}},
		{"waiting-on-reporter needs-review", Ticket{State: OnReporter}},
		{"duplicate closed-as-fixed wontfix", Ticket{State: NeedsReview, ClosedAs: Done}},
	} {
		labels := strings.Fields(c.labels)
		for range 2 {
			in := Ticket{Gain: Medium, Pain: Medium, State: OnExternal, ClosedAs: Spam}
			for _, l := range labels {
				in.Labels = append(in.Labels, NewLine(l))
			}
			got := in.Interpret(Scheme{}.Remember())
			if got.Gain != c.want.Gain || got.Pain != c.want.Pain || got.State != c.want.State || got.ClosedAs != c.want.ClosedAs {
				t.Errorf("%v means %v %v %q %q", labels, got.Gain, got.Pain, got.State, got.ClosedAs)
			}
			slices.Reverse(labels)
		}
	}
}

// FuzzRead looks for labels that upset the reader, or that case and decoration
// give another meaning.
func FuzzRead(f *testing.F) {
	for _, labels := range seen {
		for _, l := range labels {
			f.Add(l)
		}
	}
	f.Fuzz(func(t *testing.T, label string) {
		s := Scheme{}
		m, ok := s.Read(label)
		if ok != (m != Meaning{}) {
			t.Errorf("%q is read as %v %v", label, m, ok)
		}
		if again, _ := s.Read("🔥 " + label + " !"); again != m {
			t.Errorf("%q is read as %v, decorated as %v", label, m, again)
		}
		remember := s.Remember()
		for range 2 {
			if r, _ := remember(label); r != m {
				t.Errorf("%q is remembered as %v, not %v", label, r, m)
			}
		}
		if m != (Meaning{}) && m.Default().Name.Raw() != "" {
			if back, _ := s.Read(m.Default().Name.Raw()); back != m && m.Value != string(NeedsReview) {
				t.Errorf("the default label of %v is read as %v", m, back)
			}
		}
	})
}

func BenchmarkInterpret(b *testing.B) {
	names := []string{"Gain/Low", "low-trouble", "ops", "Priority/Waiting on Reporter", "bug", "points::3"}
	tickets := make([]Ticket, 5000)
	for i := range tickets {
		for j := range i % 4 {
			tickets[i].Labels = append(tickets[i].Labels, NewLine(names[(i+j)%len(names)]))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		read := Scheme{}.Remember()
		for _, t := range tickets {
			t.Interpret(read)
		}
	}
}
