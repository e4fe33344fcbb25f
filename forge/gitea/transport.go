package gitea

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"
)

const (
	dialWithin    = 10 * time.Second
	greetWithin   = 10 * time.Second // TLS
	answerWithin  = 30 * time.Second // the first byte of an answer
	finishWithin  = 2 * time.Minute  // all of it
	idleFor       = 90 * time.Second
	sideBySide    = 8        // connections kept open: past four readers only latency grows
	answerAtMost  = 64 << 20 // bytes of an answer; a page of 50 tickets is 150 kB
	refusalAtMost = 64 << 10 // bytes of an error's body
)

// newWire returns the transport that all calls share, so that connections are
// kept and used again.
func newWire(caFile string) (*http.Transport, error) {
	roots, err := trusted(caFile)
	if err != nil {
		return nil, err
	}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: dialWithin}).DialContext,
		TLSClientConfig:       &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   greetWithin,
		ResponseHeaderTimeout: answerWithin,
		IdleConnTimeout:       idleFor,
		MaxIdleConnsPerHost:   sideBySide,
		ForceAttemptHTTP2:     true,
	}, nil
}

// trusted returns the system's authorities and those of a file; nil stands for
// the system's alone.
func trusted(caFile string) (*x509.CertPool, error) {
	if caFile == "" {
		return nil, nil
	}
	const op = "read the certificate file"
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, badInput(op, caFile, err.Error())
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, badInput(op, caFile, "there is no certificate in PEM form in it")
	}
	return roots, nil
}

// answer is what came back on a call's latest request.
type answer struct {
	status int // 0: nothing came
	header http.Header
	asked  *url.URL
	body   []byte // of a refusal, cut to refusalAtMost
	broken error  // why the body of a success ended early
}

// RoundTrip implements http.RoundTripper: it sends over the shared transport
// and keeps what the SDK's errors leave out.
func (c *call) RoundTrip(req *http.Request) (*http.Response, error) {
	c.last = answer{asked: req.URL}
	asked := time.Now()
	resp, err := c.forge.wire.RoundTrip(req)
	c.record(req, resp, time.Since(asked))
	if err != nil {
		return nil, err
	}
	c.last.status, c.last.header = resp.StatusCode, resp.Header
	if resp.StatusCode/100 == 2 {
		resp.Body = &watched{http.MaxBytesReader(nil, resp.Body, answerAtMost), &c.last}
		return resp, nil
	}
	// What can be read of a refusal is enough; its status counts in any case.
	c.last.body, _ = io.ReadAll(io.LimitReader(resp.Body, refusalAtMost))
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(c.last.body))
	return resp, nil
}

// watched is a body that remembers why reading it failed, which decoders don't
// tell apart from bad JSON.
type watched struct {
	io.ReadCloser
	of *answer
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		w.of.broken = err
	}
	return n, err
}

// stay is the redirect policy of every call: see the package's promises.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
