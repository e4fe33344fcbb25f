package cli

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"docket/model"
)

// address is a forge's address in its shortest form: small letters, no usual
// port, no slash at the end. Equal forges have equal addresses.
type address struct{ url.URL }

// pages are the parts of a repository's own addresses that may follow its name:
// where one stands, the two before it are owner and name.
var pages = []string{"issues", "pulls", "projects", "labels", "milestones", "src", "wiki", "releases",
	"actions", "packages", "commits", "branches", "tags", "activity", "settings", "stars", "watchers", "forks"}

// readAddress reads a forge's address as a person copies it from a browser. A
// repository in it is returned apart. With bare, the path is the forge's own,
// unless it shows plainly that it belongs to a repository.
//
// Plain http is for this machine only, unless insecure says that others may
// read along.
func readAddress(raw string, bare, insecure bool) (at address, repo string, err error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	switch {
	case err == nil && u.User != nil:
		return address{}, "", &usage{"the forge's address holds a name or a password", "leave out what stands before the @"}
	case err != nil, u.Host == "", u.Hostname() == "", u.Scheme != "https" && u.Scheme != "http":
		return address{}, "", &usage{quote(withoutSecrets(raw)) + " is not a forge's address", "write it as https://forge.example.org"}
	}
	at.Scheme, at.Host = u.Scheme, strings.ToLower(u.Host)
	if port := u.Port(); port == "" || u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		at.Host = strings.TrimSuffix(strings.TrimSuffix(at.Host, ":"+port), ":")
	}
	if at.exposed() && !insecure {
		return address{}, "", &usage{"http://" + quiet(at.Host) + " would send everything readable for others",
			"write https:// instead; --insecure-http allows it all the same"}
	}
	prefix, repo := splitPath(u.Path, bare)
	at.Path = prefix
	return at, repo, nil
}

// exposed reports whether others can read along.
func (a address) exposed() bool { return a.Scheme == "http" && !loopback(a.Hostname()) }

// splitPath takes a path apart: where the forge lives, and the repository.
func splitPath(path string, bare bool) (prefix, repo string) {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for i := 2; i < len(parts); i++ {
		if slices.Contains(pages, parts[i]) {
			parts, bare = parts[:i], false
		}
	}
	if n := len(parts); n >= 2 && !bare {
		parts, repo = parts[:n-2], parts[n-2]+"/"+strings.TrimSuffix(parts[n-1], ".git")
	}
	if len(parts) > 0 {
		prefix = "/" + strings.Join(parts, "/")
	}
	return prefix, repo
}

// withoutSecrets cuts out of an address what may be a password or a token.
func withoutSecrets(address string) string {
	if _, behind, found := strings.Cut(address, "@"); found {
		address = behind
	}
	address, _, _ = strings.Cut(address, "?")
	return address
}

// loopback reports whether a host is this machine, so that nobody listens on
// the way.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback() || strings.EqualFold(host, "localhost")
}

// quiet makes foreign text fit for a message.
func quiet(s string) string { return model.NewLine(s).String() }

func quote(s string) string { return strconv.Quote(quiet(s)) }
