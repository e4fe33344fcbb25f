package forgetest

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// process is a running Gitea with its data in one directory.
type process struct {
	binary, dir, config string
	url, admin          string
	cmd                 *exec.Cmd
	exited              chan struct{} // closed when the server has ended, for whatever reason
}

const (
	adminLogin    = "overseer"
	startDeadline = 60 * time.Second
)

// launch builds Gitea if need be, starts it with its data in dir, waits until
// its API answers, and makes the administrator.
func launch(dir string) (*process, error) {
	binary, static, err := build()
	if err != nil {
		return nil, err
	}
	// Between choosing a free port and Gitea's listening on it somebody else may
	// take it: then the server ends at once, and the next port is tried.
	for attempt := 1; ; attempt++ {
		p, err := start(binary, static, dir)
		if err == nil {
			err = p.awaitAnswer()
		}
		if err == nil {
			err = p.createAdmin()
		}
		if err == nil {
			return p, nil
		}
		tail := ""
		if p != nil {
			p.stop()
			tail = p.logTail()
		}
		if attempt == 3 || !strings.Contains(tail, "address already in use") {
			return nil, fmt.Errorf("forgetest: starting Gitea: %w\n%s", err, tail)
		}
	}
}

func start(binary, static, dir string) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p := &process{binary: binary, dir: dir, config: filepath.Join(dir, "app.ini"),
		url: "http://" + address, exited: make(chan struct{})}
	if err := os.WriteFile(p.config, []byte(settings(dir, static, address)), 0o600); err != nil {
		return nil, err
	}
	logFile, err := os.OpenFile(p.logPath(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer logFile.Close()
	p.cmd = p.command("web")
	p.cmd.Stdout, p.cmd.Stderr = logFile, logFile
	dieWithParent(p.cmd)

	// The kernel kills the child when the thread that started it ends, not the
	// process: so one thread starts it and stays until it is gone.
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := p.cmd.Start()
		started <- err
		if err == nil {
			_ = p.cmd.Wait()
			close(p.exited)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func (p *process) command(args ...string) *exec.Cmd {
	cmd := exec.Command(p.binary, append([]string{"--config", p.config, "--work-path", p.dir}, args...)...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "HOME="+p.dir, "GIT_CONFIG_NOSYSTEM=1", "TZ=UTC")
	return cmd
}

func (p *process) awaitAnswer() error {
	client := http.Client{Timeout: time.Second}
	deadline := time.After(startDeadline)
	again := time.NewTicker(25 * time.Millisecond)
	defer again.Stop()
	for {
		resp, err := client.Get(p.url + "/api/v1/version")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-again.C:
		case <-p.exited:
			return errors.New("it ended before it answered")
		case <-deadline:
			return fmt.Errorf("no answer from %s within %v", p.url, startDeadline)
		}
	}
}

var tokenInOutput = regexp.MustCompile(`\b[0-9a-f]{40}\b`)

func (p *process) createAdmin() error {
	cmd := p.command("admin", "user", "create", "--admin", "--username", adminLogin,
		"--password", password(adminLogin), "--email", adminLogin+"@example.org",
		"--must-change-password=false",
		"--access-token", "--access-token-name", "forgetest", "--access-token-scopes", "all")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("creating the administrator: %w\n%s", err, out)
	}
	if p.admin = tokenInOutput.FindString(string(out)); p.admin == "" {
		return fmt.Errorf("creating the administrator gave no token:\n%s", out)
	}
	return nil
}

// stop ends the server at once; its data is about to be thrown away. It may be
// called more than once.
func (p *process) stop() {
	_ = p.cmd.Process.Kill()
	<-p.exited
}

func (p *process) logPath() string { return filepath.Join(p.dir, "gitea.log") }

func (p *process) logTail() string {
	content, err := os.ReadFile(p.logPath())
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}
