package gitea

import (
	"docket/forge"
	"docket/model"
)

// happened is what entries of a timeline tell that no change of the board's
// asks for.
type happened struct {
	Milestone    *titled `json:"milestone"`
	OldMilestone *titled `json:"old_milestone"`
	OldTitle     string  `json:"old_title"`
	NewTitle     string  `json:"new_title"`
	RefIssue     *other  `json:"ref_issue"`
	RefAction    string  `json:"ref_action"`
	Needs        *other  `json:"dependent_issue"`
}

type titled struct {
	Title string `json:"title"`
}

// other is another ticket, or a pull request.
type other struct {
	Number int64 `json:"number"`
	Repo   *struct {
		Name string `json:"full_name"`
	} `json:"repository"`
	Pull *struct{} `json:"pull_request"`
}

// tell adds what entries of further kinds tell. Of a kind that a ticket's
// readers need not know the field stays empty.
func (e event) tell(out *forge.Event) {
	switch e.Type {
	case "milestone":
		out.Field, out.Came, out.Went = model.FieldMilestone, e.Milestone.title(), e.OldMilestone.title()
	case "change_title":
		out.Field, out.Came, out.Went = model.FieldTitle, e.NewTitle, e.OldTitle
	case "issue_ref", "comment_ref", "pull_ref":
		if e.RefIssue == nil || e.RefAction == "neutered" { // the text names it no more
			return
		}
		out.Field, out.Ref = model.FieldMention, e.RefIssue.ref()
		if e.RefIssue.Pull != nil {
			out.Came = "pull request"
		}
	case "commit_ref":
		out.Field, out.Came = model.FieldMention, "commit"
	case "lock", "unlock":
		out.Field, out.Came = model.FieldLock, e.Type
	case "pin", "unpin":
		out.Field, out.Came = model.FieldPin, e.Type
	case "add_dependency":
		out.Field, out.Ref = model.FieldNeeds, e.Needs.ref()
		out.Came = out.Ref.String()
	case "remove_dependency":
		out.Field, out.Ref = model.FieldNeeds, e.Needs.ref()
		out.Went = out.Ref.String()
	}
}

func (t *titled) title() string {
	if t == nil {
		return ""
	}
	return t.Title
}

func (o *other) ref() model.Ref {
	if o == nil || o.Repo == nil {
		return model.Ref{}
	}
	return model.Ref{Repo: o.Repo.Name, Number: o.Number}
}
