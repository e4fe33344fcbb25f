package demo

import "strings"

// need is what a route demands of the caller, besides a token with the right scopes.
type need int

const (
	anybody    need = iota
	signedIn        // any token
	toWrite         // may write tickets in the repository
	toRule          // is an admin of the repository
	toOwn           // owns the repository
	unarchived      // any token, and the repository is not archived
)

// route is one line of the API. scopes are token scope categories, without read: or write:.
type route struct {
	method, pattern string
	scopes          []string
	need            need
	do              func(*call) answer
}

var (
	userScope     = []string{"user"}
	repoScope     = []string{"repository"}
	userRepoScope = []string{"user", "repository"}
	issueScope    = []string{"issue"}
	orgScope      = []string{"organization"}
)

const (
	repoPath    = "/repos/{owner}/{repo}"
	ticketPath  = repoPath + "/issues/{index}"
	commentPath = repoPath + "/issues/comments/{id}"
)

// routes lists the API. The first match wins, so fixed words stand before variables.
var routes = []route{
	{"GET", "/version", nil, anybody, (*call).getVersion},
	{"GET", "/settings/api", nil, anybody, (*call).getSettings},
	{"GET", "/user", userScope, signedIn, (*call).getSelf},
	{"GET", "/user/repos", userRepoScope, signedIn, (*call).listMyRepos},
	{"POST", "/user/repos", userRepoScope, signedIn, (*call).createRepo},
	{"GET", "/users/{login}", userScope, anybody, (*call).getUser},
	{"GET", "/repositories/{id}", repoScope, anybody, (*call).getRepoByID},
	{"POST", "/orgs", orgScope, signedIn, (*call).createOrg},
	{"POST", "/orgs/{org}/repos", orgScope, signedIn, (*call).createRepo},
	{"GET", "/orgs/{org}/labels", orgScope, anybody, (*call).listOrgLabels},
	{"POST", "/orgs/{org}/labels", orgScope, signedIn, (*call).createOrgLabel},

	{"GET", "/repos/issues/search", issueScope, anybody, (*call).searchTickets},
	{"GET", repoPath, repoScope, anybody, (*call).getRepo},
	{"PATCH", repoPath, repoScope, toRule, (*call).editRepo},
	{"DELETE", repoPath, repoScope, toOwn, (*call).deleteRepo},
	{"GET", repoPath + "/assignees", repoScope, signedIn, (*call).listAssignees},
	{"GET", repoPath + "/collaborators", repoScope, signedIn, (*call).listCollaborators},
	{"PUT", repoPath + "/collaborators/{login}", repoScope, toRule, (*call).addCollaborator},
	{"DELETE", repoPath + "/collaborators/{login}", repoScope, toRule, (*call).removeCollaborator},

	{"GET", repoPath + "/labels", issueScope, anybody, (*call).listLabels},
	{"POST", repoPath + "/labels", issueScope, toWrite, (*call).createLabel},
	{"GET", repoPath + "/labels/{id}", issueScope, anybody, (*call).getLabel},
	{"PATCH", repoPath + "/labels/{id}", issueScope, toWrite, (*call).editLabel},
	{"DELETE", repoPath + "/labels/{id}", issueScope, toWrite, (*call).deleteLabel},

	{"GET", repoPath + "/milestones", issueScope, anybody, (*call).listMilestones},
	{"POST", repoPath + "/milestones", issueScope, toWrite, (*call).createMilestone},
	{"GET", repoPath + "/milestones/{id}", issueScope, anybody, (*call).getMilestone},
	{"PATCH", repoPath + "/milestones/{id}", issueScope, toWrite, (*call).editMilestone},
	{"DELETE", repoPath + "/milestones/{id}", issueScope, toWrite, (*call).deleteMilestone},

	{"GET", repoPath + "/issues", issueScope, anybody, (*call).listTickets},
	{"POST", repoPath + "/issues", issueScope, unarchived, (*call).createTicket},
	{"GET", repoPath + "/issues/comments", issueScope, anybody, (*call).listAllComments},
	{"GET", commentPath, issueScope, anybody, (*call).getComment},
	{"PATCH", commentPath, issueScope, unarchived, (*call).patchComment},
	{"DELETE", commentPath, issueScope, signedIn, (*call).dropComment},
	{"GET", ticketPath, issueScope, anybody, (*call).getTicket},
	{"PATCH", ticketPath, issueScope, signedIn, (*call).editTicket},
	{"DELETE", ticketPath, issueScope, toRule, (*call).deleteTicket},
	{"GET", ticketPath + "/comments", issueScope, anybody, (*call).listComments},
	{"POST", ticketPath + "/comments", issueScope, unarchived, (*call).createComment},
	{"GET", ticketPath + "/timeline", issueScope, anybody, (*call).listTimeline},
	{"GET", ticketPath + "/labels", issueScope, anybody, (*call).listTicketLabels},
	{"POST", ticketPath + "/labels", issueScope, signedIn, (*call).addTicketLabels},
	{"PUT", ticketPath + "/labels", issueScope, signedIn, (*call).setTicketLabels},
	{"DELETE", ticketPath + "/labels", issueScope, signedIn, (*call).clearTicketLabels},
	{"DELETE", ticketPath + "/labels/{id}", issueScope, signedIn, (*call).removeTicketLabel},
	{"GET", ticketPath + "/dependencies", issueScope, anybody, (*call).listDependencies},
	{"POST", ticketPath + "/dependencies", issueScope, unarchived, (*call).addDependency},
	{"PUT", ticketPath + "/lock", issueScope, toRule, (*call).lockTicket},
	{"DELETE", ticketPath + "/lock", issueScope, toRule, (*call).unlockTicket},
}

// find returns the route for a path without its /api/v1, and the path's variables. known tells whether
// the path exists for some other method.
func find(method, path string) (way *route, args map[string]string, known bool) {
	parts := strings.Split(path, "/")
	for i := range routes {
		args, fits := match(strings.Split(routes[i].pattern, "/"), parts)
		if !fits {
			continue
		}
		if routes[i].method == method {
			return &routes[i], args, true
		}
		known = true
	}
	return nil, nil, known
}

func match(pattern, parts []string) (args map[string]string, fits bool) {
	if len(pattern) != len(parts) {
		return nil, false
	}
	for i, word := range pattern {
		if !strings.HasPrefix(word, "{") && word != parts[i] {
			return nil, false
		}
	}
	args = map[string]string{}
	for i, word := range pattern {
		if strings.HasPrefix(word, "{") {
			args[strings.Trim(word, "{}")] = parts[i]
		}
	}
	return args, true
}
