package gitea

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"docket/model"
)

// fail tells a person's problem from what a request ended with. It looks at the
// latest answer, for the SDK's errors carry no status.
func (c *call) fail(err error) error {
	if err == nil {
		return nil
	}
	if already, ok := errors.AsType[*model.Problem](err); ok {
		return already
	}
	switch s := c.last.status; {
	case s >= 300:
		return c.refusal()
	case c.ctx.Err() != nil:
		p := c.trouble(model.Unreachable)
		p.Err = c.ctx.Err()
		return p
	case s/100 == 2 && c.last.broken == nil:
		return c.nonsense("the answer is not what a forge would say")
	case s/100 == 2:
		if _, long := errors.AsType[*http.MaxBytesError](c.last.broken); long {
			return c.nonsense("the answer is too long")
		}
		return c.lost(c.last.broken)
	}
	return c.lost(err)
}

// trouble makes a problem of this call.
func (c *call) trouble(kind model.ProblemKind) *model.Problem {
	return &model.Problem{Op: c.veil.hide(c.op), Kind: kind}
}

// nonsense is an answer that says yes and makes no sense: on first contact
// something else than a forge is there; later the forge has its bad moments.
func (c *call) nonsense(detail string) *model.Problem {
	p := c.trouble(model.Struggling)
	if c.first {
		p.Kind = model.NotAForge
	}
	p.Detail, p.Place = model.NewLine(detail), model.NewLine(c.forge.base.Host)
	return p
}

// lost is a request on which no whole answer came.
func (c *call) lost(err error) *model.Problem {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err // without the address, which the problem has as its place
	}
	p := c.trouble(model.Unreachable)
	switch {
	case aboutCertificate(err):
		p.Kind = model.Certificate
	case strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		p.Kind = model.NotAForge
	}
	p.Place, p.Detail = model.NewLine(c.forge.base.Host), c.veil.line(err.Error())
	p.Err = &veiled{p.Detail.String(), err}
	if errors.Is(err, context.DeadlineExceeded) {
		p.Detail = model.NewLine("no answer in time")
	}
	return p
}

func aboutCertificate(err error) bool {
	_, verification := errors.AsType[*tls.CertificateVerificationError](err)
	_, authority := errors.AsType[x509.UnknownAuthorityError](err)
	_, hostname := errors.AsType[x509.HostnameError](err)
	_, invalid := errors.AsType[x509.CertificateInvalidError](err)
	_, alert := errors.AsType[tls.AlertError](err)
	return verification || authority || hostname || invalid || alert
}

// refusal is an answer that says no.
func (c *call) refusal() *model.Problem {
	status := c.last.status
	if status < 400 {
		return c.moved()
	}
	words, isJSON := c.words()
	p := c.trouble(c.kind(status, words, isJSON))
	p.Detail = c.veil.line(words)
	if p.Detail.Empty() {
		p.Detail = model.NewLine(fmt.Sprintf("%d %s", status, http.StatusText(status)))
	}
	switch p.Kind {
	case model.MissingScope:
		if scope := scopeIn(words); scope != "" {
			p.Detail = c.veil.line(scope)
		}
	case model.RateLimited:
		p.Until = c.until()
	case model.NotAForge:
		p.Place = model.NewLine(c.forge.base.Host)
	}
	return p
}

// scopeIn returns the scopes that a forge says are required; empty when it does
// not say so. The rest of its sentence lists what the token has, which may be
// long, and helps nobody.
func scopeIn(words string) string {
	_, behind, _ := strings.Cut(words, "required=[")
	scopes, _, _ := strings.Cut(behind, "]")
	return scopes
}

func (c *call) kind(status int, words string, isJSON bool) model.ProblemKind {
	switch {
	case status == http.StatusUnauthorized && c.token == "":
		return model.NoToken
	case status == http.StatusUnauthorized:
		return model.BadToken
	case status == http.StatusForbidden && strings.Contains(strings.ToLower(words), "scope"):
		return model.MissingScope
	case status == http.StatusForbidden && c.token == "" && strings.Contains(strings.ToLower(words), "signed in"):
		return model.NoToken // a forge that is closed to the public
	case status == http.StatusForbidden:
		return model.Forbidden
	case status == http.StatusNotFound && c.first && !isJSON:
		return model.NotAForge // forges say in JSON what they did not find
	case status == http.StatusNotFound, status == http.StatusGone:
		return model.NotFound
	case status == http.StatusLocked:
		return model.Locked
	case status == http.StatusTooManyRequests,
		status == http.StatusServiceUnavailable && c.last.header.Get("Retry-After") != "":
		return model.RateLimited
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status >= 500:
		return model.Struggling
	}
	return model.Refused
}

// words returns what the forge said about a refusal. A page of HTML is a
// proxy's and says nothing to a person.
func (c *call) words() (words string, isJSON bool) {
	var said struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(c.last.body, &said) == nil {
		return said.Message, true
	}
	if strings.HasPrefix(c.last.header.Get("Content-Type"), "text/plain") {
		return string(c.last.body), false
	}
	return "", false
}

const (
	waitByDefault = time.Minute
	waitAtMost    = 24 * time.Hour
)

// until returns when a forge, or the proxy before it, wants to be asked again
// (RFC 9110, section 10.2.3: seconds or a date).
func (c *call) until() time.Time {
	now := c.forge.clock()
	given := strings.TrimSpace(c.last.header.Get("Retry-After"))
	until := now.Add(c.forge.rest)
	if seconds, err := strconv.ParseUint(given, 10, 63); err == nil {
		until = now.Add(time.Duration(min(seconds, uint64(waitAtMost/time.Second))) * time.Second)
	} else if date, err := http.ParseTime(given); err == nil {
		until = date
	}
	if latest := now.Add(waitAtMost); until.After(latest) {
		return latest
	}
	return until
}
