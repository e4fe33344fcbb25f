package gitea

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	sdk "code.gitea.io/sdk/gitea"

	"docket/model"
)

// call is one operation of the port: one or more requests in a row, each of
// which ends when the context does. It belongs to one goroutine.
//
// The SDK takes a context per client, so each call has a client of its own;
// they are cheap and share one transport.
type call struct {
	*key   // the same from beginning to end
	forge  *Forge
	ctx    context.Context
	op     string
	first  bool      // nonsense means that something else than a forge answers there
	ref    model.Ref // number 0: the repository as a whole
	owner  string
	name   string
	client *http.Client
	sdk    *sdk.Client
	last   answer
}

// begin starts a call that concerns no repository.
func (f *Forge) begin(ctx context.Context, k *key, op string) (*call, error) {
	c := &call{key: k, forge: f, ctx: ctx, op: op}
	c.client = &http.Client{Transport: c, CheckRedirect: stay, Timeout: finishWithin}
	var err error
	c.sdk, err = sdk.NewClient(f.base.String(),
		sdk.SetGiteaVersion(""), // otherwise it asks the network for the version
		sdk.SetContext(ctx), sdk.SetHTTPClient(c.client), sdk.SetToken(c.token), sdk.SetUserAgent(f.agent))
	if err != nil {
		return nil, c.fail(err)
	}
	return c, nil
}

// on starts a call on a repository. deed and repo make the problem's Op, as in
// "read infra/tickets".
func (f *Forge) on(ctx context.Context, deed, repo string) (*call, error) {
	return f.open(ctx, deed+" "+repo, model.Ref{Repo: repo})
}

// onTicket starts a call on a ticket.
func (f *Forge) onTicket(ctx context.Context, deed string, ref model.Ref) (*call, error) {
	return f.open(ctx, deed+" "+ref.String(), ref)
}

func (f *Forge) open(ctx context.Context, op string, ref model.Ref) (*call, error) {
	owner, name, err := splitRepo(ref.Repo)
	if err != nil {
		return nil, badInput(op, "", err.Error())
	}
	c, err := f.begin(ctx, f.key.Load(), op)
	if err != nil {
		return nil, err
	}
	c.ref, c.owner, c.name = ref, owner, name
	return c, nil
}

// aside starts a call for a question that comes up within this one, whose
// answer is not to stand in place of this one's.
func (c *call) aside() (*call, error) { return c.forge.open(c.ctx, c.op, c.ref) }

// api returns the SDK's client and forgets the previous answer.
func (c *call) api() *sdk.Client {
	c.last = answer{}
	return c.sdk
}

// get asks for what the SDK can't: a path below /api/v1, escaped, and where to
// put its JSON.
func (c *call) get(path string, query url.Values, into any) error {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	content, err := c.send(http.MethodGet, path, http.NoBody)
	if err != nil {
		return err
	}
	return json.Unmarshal(content, into)
}

// send makes a request of its own to a path below /api/v1, escaped, and returns
// what a forge that says yes answers.
func (c *call) send(method, path string, body io.Reader) ([]byte, error) {
	c.last = answer{}
	req, err := http.NewRequestWithContext(c.ctx, method, c.forge.base.String()+"/api/v1"+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if body != http.NoBody {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("User-Agent", c.forge.agent)
	if c.token != "" {
		req.Header.Set("Authorization", "token "+c.token)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return nil, fmt.Errorf("%s", resp.Status)
	}
	return io.ReadAll(resp.Body)
}

// path returns the escaped API path of the call's repository with more behind.
func (c *call) path(more ...string) string {
	parts := []string{"/repos", url.PathEscape(c.owner), url.PathEscape(c.name)}
	for _, m := range more {
		parts = append(parts, url.PathEscape(m))
	}
	return strings.Join(parts, "/")
}
