package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// patience is how long the tests of one mutation may run. A rule whose loss
// makes a loop without end is noticed by it.
const patience = 90 * time.Second

// fate is what became of a mutation.
type fate string

const (
	killed   fate = "killed"
	late     fate = "killed by the time limit"
	survived fate = "SURVIVED"
)

// try tries the mutations, so many at a time, and returns those that survive, in
// the order of the tables. It is an error if the tests fail on the code as it
// is, or if a mutation does not compile.
func try(ctx context.Context, root string, all []mutation, jobs int, out io.Writer) ([]mutation, error) {
	temp, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp) //nolint:errcheck // the system clears its folder of temporary files
	r := &runner{root: root, temp: temp, out: out}
	if err := r.sound(ctx, all, jobs); err != nil {
		return nil, err
	}
	fates := make([]fate, len(all))
	err = each(len(all), jobs, func(i int) error {
		start := time.Now()
		var err error
		if fates[i], err = r.one(ctx, all[i]); err != nil {
			return err
		}
		r.say("%-24s %4.0fs  %s", fates[i], time.Since(start).Seconds(), all[i].name)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var survivors []mutation
	for i, m := range all {
		if fates[i] == survived {
			survivors = append(survivors, m)
		}
	}
	return survivors, nil
}

// each calls a function for 0 to n−1, so many at a time, and joins the errors.
func each(n, jobs int, do func(i int) error) error {
	errs := make([]error, n)
	places := make(chan struct{}, max(1, jobs))
	var all sync.WaitGroup
	for i := range n {
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			errs[i] = do(i)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// runner runs tests.
type runner struct {
	root, temp string
	mu         sync.Mutex
	out        io.Writer
}

func (r *runner) say(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(r.out, format+"\n", args...)
}

// sound checks that the tests of the mutations pass on the code as it is, and
// that there are any.
func (r *runner) sound(ctx context.Context, all []mutation, jobs int) error {
	var tests []test
	for _, m := range all {
		for _, t := range m.tests {
			if !slices.Contains(tests, t) {
				tests = append(tests, t)
			}
		}
	}
	r.say("%d mutations; first the %d tests on the code as it is", len(all), len(tests))
	return each(len(tests), jobs, func(i int) error {
		output, err := r.test(ctx, tests[i], "-v")
		switch {
		case err != nil:
			return fmt.Errorf("%s fails on the code as it is: %w\n%s", tests[i], err, output)
		case !tests[i].ran(output):
			return fmt.Errorf("%s: there is no such test", tests[i])
		}
		return nil
	})
}

// ran reports whether the output of go test -v names a test as deep as the
// pattern: a pattern whose last part matches nothing runs the parts above it.
func (t test) ran(output string) bool {
	for line := range strings.Lines(output) {
		if strings.HasPrefix(line, "=== RUN") && strings.Count(line, "/") >= strings.Count(t.pattern, "/") {
			return true
		}
	}
	return false
}

// one tries one mutation.
func (r *runner) one(ctx context.Context, m mutation) (fate, error) {
	overlay, err := r.overlay(m)
	if err != nil {
		return "", err
	}
	for _, t := range m.tests {
		output, err := r.test(ctx, t, "-overlay", overlay)
		var exit *exec.ExitError
		switch {
		case err == nil:
			continue
		case !errors.As(err, &exit):
			return "", fmt.Errorf("mutant %q: %w", m.name, err)
		case strings.Contains(output, "[build failed]") || strings.Contains(output, "[setup failed]"):
			return "", fmt.Errorf("mutant %q does not compile:\n%s", m.name, output)
		case strings.Contains(output, "panic: test timed out"):
			return late, nil
		}
		return killed, nil
	}
	return survived, nil
}

// overlay writes the broken file and the list of what stands for what, whose
// name it returns.
func (r *runner) overlay(m mutation) (string, error) {
	text, err := m.broken(r.root)
	if err != nil {
		return "", err
	}
	file := filepath.Join(r.temp, m.name+".go")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return "", err
	}
	original, err := filepath.Abs(filepath.Join(r.root, m.file))
	if err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {original: file}})
	if err != nil {
		return "", err
	}
	name := filepath.Join(r.temp, m.name+".json")
	return name, os.WriteFile(name, list, 0o600)
}

// test runs tests of one package. Without arguments a result of before counts.
func (r *runner) test(ctx context.Context, t test, args ...string) (output string, err error) {
	args = slices.Concat([]string{"test", "-vet=off", "-failfast", "-timeout", patience.String(), "-run", t.pattern}, args, []string{"./" + t.folder})
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = r.root
	// A property that fails need not be made small, and leaves no file.
	command.Env = append(os.Environ(), "RAPID_NOFAILFILE=true", "RAPID_SHRINKTIME=0s")
	text, err := command.CombinedOutput()
	return string(text), err
}
