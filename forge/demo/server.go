package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// maxBody is the largest request that is read: a comment of several megabytes still fits.
const maxBody = 32 << 20

// call is one request on its way through the forge. Handlers run with the forge locked (shared for GET,
// alone for everything else) and touch the network neither before nor after.
type call struct {
	*Forge
	r     *http.Request
	sent  []byte
	base  string // of all addresses in the answer
	who   *account
	token *token
	args  map[string]string // the path's variables
	repo  *repository
	may   level // of who in repo
}

// answer is what a handler decided. A body of nil is an empty answer.
type answer struct {
	status int
	body   any
	header http.Header
	moved  string // the new path after a 301
}

// problem is the body of an error, in Gitea's shape.
type problem struct {
	message  string
	notFound bool
	errs     []string
}

func ok(body any) answer      { return answer{status: http.StatusOK, body: body} }
func created(body any) answer { return answer{status: http.StatusCreated, body: body} }
func bare(status int) answer  { return answer{status: status} }

func refuse(status int, format string, args ...any) answer {
	return answer{status: status, body: problem{message: fmt.Sprintf(format, args...)}}
}

func notFound(errs ...string) answer {
	return answer{status: http.StatusNotFound, body: problem{message: "not found", notFound: true, errs: errs}}
}

func (a answer) with(key, value string) answer {
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set(key, value)
	return a
}

func (a answer) total(n int) answer { return a.with("X-Total-Count", strconv.Itoa(n)) }

// serve finds the route, reads the request, lets the handler decide under the lock and writes the
// answer afterwards, so that a slow reader holds nobody up.
func (f *Forge) serve(w http.ResponseWriter, r *http.Request) {
	path, isAPI := strings.CutPrefix(r.URL.Path, "/api/v1")
	if !isAPI {
		f.servePage(w, r)
		return
	}
	way, args, known := find(r.Method, path)
	if way == nil {
		f.count("unknown")
		if known {
			w.WriteHeader(http.StatusMethodNotAllowed)
		} else {
			http.NotFound(w, r)
		}
		return
	}
	f.count(way.method + " " + way.pattern)
	sent, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return // nobody is there to be answered
	}
	c := &call{Forge: f, r: r, sent: sent, base: "http://" + r.Host, args: args}
	c.write(w, c.run(way))
}

func (c *call) run(way *route) answer {
	if c.r.Method == http.MethodGet {
		c.mu.RLock()
		defer c.mu.RUnlock()
	} else {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	if refused, stop := c.admit(way); stop {
		return refused
	}
	return way.do(c)
}

func (c *call) write(w http.ResponseWriter, a answer) {
	if a.moved != "" {
		http.Redirect(w, c.r, a.moved, a.status)
		return
	}
	body := a.body
	if p, isProblem := body.(problem); isProblem {
		body = p.wire(c.base)
	}
	maps.Copy(w.Header(), a.header)
	w.Header().Set("Cache-Control", "max-age=0, private, must-revalidate, no-transform")
	if body == nil {
		w.WriteHeader(a.status)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(a.status)
	_ = json.NewEncoder(w).Encode(body) // whoever hung up needs no answer
}

func (p problem) wire(base string) any {
	type plain struct {
		Message string `json:"message"`
		URL     string `json:"url"`
	}
	said := plain{p.message, base + "/api/swagger"}
	if !p.notFound {
		return said
	}
	return struct {
		Errors []string `json:"errors"`
		plain
	}{p.errs, said}
}

// deed is what the caller is about to do, now.
func (c *call) deed() deed { return deed{by: c.who, at: c.now()} }

// number is a numeric variable of the path; 0, which no ticket has, when it is none.
func (c *call) number(name string) int64 {
	n, _ := strconv.ParseInt(c.args[name], 10, 64)
	return n
}

// read decodes the request into form. What is missing stays as it is.
func (c *call) read(form any) (refused answer, ok bool) {
	if len(c.sent) == 0 {
		return answer{}, true
	}
	if err := json.Unmarshal(c.sent, form); err != nil {
		return refuse(http.StatusUnprocessableEntity, "[]: %v", err), false
	}
	return answer{}, true
}

// missing is Gitea's complaint about a required field that is empty.
func missing(field string) answer {
	return refuse(http.StatusUnprocessableEntity, "[%s]: Required", field)
}
