package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// program is the program under test as a separate process.
type program struct {
	folder, binary string
	base, admin    string // addresses
	cmd            *exec.Cmd
	client         *http.Client
}

// start builds the program, loads the sample pack and serves it on free ports.
func start(ctx context.Context) (_ *program, err error) {
	folder, err := os.MkdirTemp("", "liantu-soak")
	if err != nil {
		return nil, err
	}
	p := &program{
		folder: folder, binary: filepath.Join(folder, "liantu"),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}, Timeout: time.Minute},
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(folder))
		}
	}()
	if err := p.call(ctx, "go", "build", "-o", p.binary, "."); err != nil {
		return nil, err
	}
	if err := p.call(ctx, p.binary, "load", "examples/zhejiang/data"); err != nil {
		return nil, err
	}
	p.cmd = exec.Command(p.binary, "serve", "--listen", "127.0.0.1:0") //nolint:noctx // it is asked to end
	p.cmd.Env = append(p.environment(), "LIANTU_ADMIN_LISTEN=127.0.0.1:0")
	p.cmd.Stderr = io.Discard // its log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	address := regexp.MustCompile(`http://[0-9.:]+`)
	lines := bufio.NewScanner(out)
	for (p.base == "" || p.admin == "") && lines.Scan() {
		switch found := address.FindString(lines.Text()); {
		case found == "":
		case strings.Contains(lines.Text(), "/metrics"):
			p.admin = found
		case p.base == "":
			p.base = found
		}
	}
	if p.base == "" || p.admin == "" {
		return nil, errors.Join(errors.New("the program printed no address"), lines.Err(), p.cmd.Process.Kill(), p.cmd.Wait())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // ends with the program
	return p, nil
}

func (p *program) environment() []string {
	return append(os.Environ(), "LIANTU_STORE_PATH="+filepath.Join(p.folder, "graph.db"))
}

// call runs a command to its end; the error holds its output when it fails.
func (p *program) call(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = p.environment()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
	return nil
}

// stop asks the program to end and removes its folder.
func (p *program) stop() error {
	p.client.CloseIdleConnections()
	return errors.Join(p.cmd.Process.Signal(syscall.SIGTERM), p.cmd.Wait(), os.RemoveAll(p.folder))
}

// sample is the state of the program at one moment, in bytes and numbers.
type sample struct{ heap, resident, goroutines, version float64 }

// sample lets the program collect its garbage and reads its metrics.
func (p *program) sample(ctx context.Context) (sample, error) {
	p.client.CloseIdleConnections()
	if _, err := p.get(ctx, "/debug/pprof/heap?gc=1"); err != nil {
		return sample{}, err
	}
	text, err := p.get(ctx, "/metrics")
	if err != nil {
		return sample{}, err
	}
	var s sample
	for name, into := range map[string]*float64{
		"go_memstats_heap_alloc_bytes": &s.heap, "process_resident_memory_bytes": &s.resident,
		"go_goroutines": &s.goroutines, "liantu_picture_version": &s.version,
	} {
		_, after, found := strings.Cut(text, "\n"+name+" ")
		value, _, _ := strings.Cut(after, "\n")
		number, err := strconv.ParseFloat(value, 64)
		if !found || err != nil {
			return sample{}, fmt.Errorf("metrics: no number for %s: %w", name, err)
		}
		*into = number
	}
	return s, nil
}

func (p *program) get(ctx context.Context, path string) (text string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.admin+path, nil)
	if err != nil {
		return "", err
	}
	response, err := p.client.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, response.Status)
	}
	return string(body), err
}

func median(samples []sample, of func(sample) float64) float64 {
	values := make([]float64, 0, len(samples))
	for _, s := range samples {
		values = append(values, of(s))
	}
	slices.SortFunc(values, cmp.Compare)
	return values[len(values)/2]
}
