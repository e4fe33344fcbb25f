package model

// The names of the templates that recipes use by default.
const (
	askReporter = "Ask the reporter"
	stillThere  = "Does this still happen?"
	noAnswer    = "Close without an answer"
)

// DefaultTemplates returns the texts that the team's workflow asks for again
// and again. A person's configuration may replace them.
func DefaultTemplates() []Template {
	return []Template{
		{askReporter, "@{{.Author}}, to go on with this we need some more from you: what you did, what happened, " +
			"what you expected instead, and any error messages or addresses that belong to it. " +
			"Please tell us as well if there is a deadline, or if this blocks you.\n\n" +
			"The ticket waits for your answer."},
		{stillThere, "@{{.Author}}, we are going through our older tickets. This one has been quiet for {{.Days}} days: " +
			"does it still happen?\n\n" +
			"Please answer within two weeks. Without an answer we may close it; " +
			"it can be reopened at any time if the problem is still there or comes back."},
		{noAnswer, "@{{.Author}}, we asked {{.Days}} days ago and have not had an answer, so we close this for now.\n\n" +
			"If the problem is still there or comes back, please reopen this ticket or open a new one, at any time."},
		{"Close as an initiative", "@{{.Author}}, this is more than a ticket can hold: it is a new application, a major deployment or " +
			"major development work. Such work is scoped and prioritized by the New Initiative Workflow, so please propose it there. " +
			"These questions will come up:\n\n" +
			"- What is to be achieved, and for whom?\n" +
			"- What does it bring, and how many people does it help?\n" +
			"- What happens if it is not done? Is there a work-around?\n" +
			"- Is there a deadline?\n" +
			"- Who would do the work, and who looks after it afterwards?\n" +
			"- What does it need from us: machines, accounts, reviews, time?\n\n" +
			"Link this ticket, {{.Link}}, from your proposal; we close it here."},
		{"Close with an explanation", "@{{.Author}}, we close this ticket: {{.Here}}\n\n" +
			"If something is not as it should be, please reopen it and say what is missing."},
	}
}

// DefaultRecipes returns the changes that the team's workflow makes together
// again and again. They use the default templates.
func DefaultRecipes() []Recipe {
	return []Recipe{
		{Name: "Needs info", State: OnReporter, Template: askReporter, LabelsIfThere: []string{"question"}},
		{Name: "Still there?", State: OnReporter, Template: stillThere},
		{Name: "No answer", Close: InsufficientData, Template: noAnswer},
		{Name: "Quick win", State: OnAssignee, Gain: new(High), Pain: new(Low)},
		{Name: "To the meeting", State: NextMeeting},
	}
}
