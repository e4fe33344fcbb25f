package demo

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The sample's texts live in tickets/*.txt. A ticket there looks like this; all ages are relative to
// the moment in which the board is filled, and {+8d} becomes the date in eight days,
// {#Move the old} the number of the ticket whose title begins so.
//
//	== Rotate the TLS certificate of the bastion hosts
//	by samir, 3d ago
//	is gain high, pain low, waiting on assignee, ops
//	for jonas
//	due +5d
//	in Next release
//	closed 1d ago by jonas as done
//
//	The ticket's text, in Markdown.
//
//	-- jonas, 2d ago
//	A comment, in Markdown.
//
//go:embed tickets/*.txt
var texts embed.FS

// story is one ticket as its author wrote it down.
type story struct {
	title, by, body    string
	age                time.Duration
	labels             []string
	milestone          string
	assignees          []string
	due                time.Duration // from now; zero for none
	closedAge          time.Duration // zero while open
	closedBy, closedAs string
	replies            []reply
}

type reply struct {
	by, body string
	age      time.Duration
}

var (
	replyLine  = regexp.MustCompile(`^-- (\S+), (\S+) ago$`)
	byLine     = regexp.MustCompile(`^by (\S+), (\S+) ago$`)
	closedLine = regexp.MustCompile(`^closed (\S+) ago by (\S+) as (.+)$`)
	ageText    = regexp.MustCompile(`^\+?(\d+)(m|h|d|w|mo)$`)
	datePlace  = regexp.MustCompile(`\{(\+\d+(?:d|w|mo))\}`)
	namePlace  = regexp.MustCompile(`\{#([^}]+)\}`)
)

const day = 24 * time.Hour

// parseAge reads 90m, 2h, 3d, 5w and 4mo, with or without a plus.
func parseAge(text string) (time.Duration, error) {
	parts := ageText.FindStringSubmatch(text)
	if parts == nil {
		return 0, fmt.Errorf("%q is no age", text)
	}
	n, err := strconv.Atoi(parts[1])
	unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": day, "w": 7 * day, "mo": 30 * day}[parts[2]]
	return time.Duration(n) * unit, err
}

// parseStories reads one file of tickets.
func parseStories(text string) ([]story, error) {
	var stories []story
	for part := range strings.SplitSeq("\n"+text, "\n== ") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		s, err := parseStory(part)
		if err != nil {
			return nil, fmt.Errorf("ticket %q: %w", s.title, err)
		}
		stories = append(stories, s)
	}
	return stories, nil
}

func parseStory(text string) (s story, err error) {
	s.title, text, _ = strings.Cut(text, "\n")
	head, rest, _ := strings.Cut(text, "\n\n")
	for line := range strings.Lines(head) {
		if err := s.parseHead(strings.TrimSpace(line)); err != nil {
			return s, err
		}
	}
	body := &s.body
	for line := range strings.Lines(rest) {
		parts := replyLine.FindStringSubmatch(strings.TrimSpace(line))
		if parts == nil {
			*body += line
			continue
		}
		age, err := parseAge(parts[2])
		if err != nil {
			return s, err
		}
		s.replies = append(s.replies, reply{by: parts[1], age: age})
		body = &s.replies[len(s.replies)-1].body
	}
	s.body = strings.TrimSpace(s.body)
	for i := range s.replies {
		s.replies[i].body = strings.TrimSpace(s.replies[i].body)
	}
	if s.by == "" {
		return s, fmt.Errorf("nobody opened it")
	}
	return s, nil
}

func (s *story) parseHead(line string) (err error) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "by":
		parts := byLine.FindStringSubmatch(line)
		if parts == nil {
			return fmt.Errorf("cannot read %q", line)
		}
		s.by = parts[1]
		s.age, err = parseAge(parts[2])
	case "is":
		for name := range strings.SplitSeq(rest, ", ") {
			s.labels = append(s.labels, fullLabel(name))
		}
	case "in":
		s.milestone = rest
	case "for":
		s.assignees = strings.Split(rest, ", ")
	case "due":
		s.due, err = parseAge(rest)
	case "closed":
		parts := closedLine.FindStringSubmatch(line)
		if parts == nil {
			return fmt.Errorf("cannot read %q", line)
		}
		s.closedBy, s.closedAs = parts[2], "closed as/"+parts[3]
		s.closedAge, err = parseAge(parts[1])
	default:
		err = fmt.Errorf("cannot read %q", line)
	}
	return err
}

var states = []string{"urgent", "waiting on assignee", "waiting on reporter", "waiting on external", "next meeting"}

// fullLabel turns the short words of a story into names of labels.
func fullLabel(word string) string {
	if kind, level, found := strings.Cut(word, " "); found && (kind == "gain" || kind == "pain") {
		return kind + "/" + level
	}
	if slices.Contains(states, word) {
		return "state/" + word
	}
	return word
}

// dated puts real dates in the place of {+8d}.
func dated(text string, now time.Time) string {
	return datePlace.ReplaceAllStringFunc(text, func(place string) string {
		ahead, err := parseAge(strings.Trim(place, "{}"))
		if err != nil {
			return place
		}
		return now.Add(ahead).Format("2 January")
	})
}

// textLines are the lines of one of the simple files, without comments and blank lines.
func textLines(name string) []string {
	var lines []string
	for line := range strings.Lines(readText(name)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

func readText(name string) string {
	text, err := texts.ReadFile("tickets/" + name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return string(text)
}
