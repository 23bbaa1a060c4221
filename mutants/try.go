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
	overlay, in, err := combine(root, temp, all)
	if err != nil {
		return nil, err
	}
	if err := r.build(ctx, overlay, all); err != nil {
		return nil, err
	}
	if err := r.sound(ctx, all, jobs); err != nil {
		return nil, err
	}
	fates := make([]fate, len(all))
	err = each(len(all), jobs, func(i int) error {
		start := time.Now()
		var err error
		if fates[i], err = r.one(ctx, all[i], in[i]); err != nil {
			return err
		}
		r.say("%-24s %5.1fs  %s", fates[i], time.Since(start).Seconds(), all[i].name)
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

// compile builds the module with all the mutations that a switch turns on.
func compile(ctx context.Context, root string, all []mutation) error {
	temp, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp) //nolint:errcheck // the system clears its folder of temporary files
	overlay, _, err := combine(root, temp, all)
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, "go", "build", "-overlay", overlay, "./...")
	command.Dir = root
	if text, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("the mutations, which stand for file names here, do not compile: %w\n%s", err, text)
	}
	return nil
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

// build builds the test program of every folder that the tests name, with all
// the mutations that a switch turns on.
func (r *runner) build(ctx context.Context, overlay string, all []mutation) error {
	var folders []string
	for _, m := range all {
		for _, t := range m.tests {
			if !slices.Contains(folders, t.folder) {
				folders = append(folders, t.folder)
			}
		}
	}
	for _, folder := range folders {
		start := time.Now()
		command := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", overlay, "-o", r.program(folder), "./"+folder)
		command.Dir = r.root
		if text, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("the tests of %s do not compile with the mutations, which stand for file names here: %w\n%s", folder, err, text)
		}
		r.say("%-24s %5.1fs  %s", "built", time.Since(start).Seconds(), folder)
	}
	return nil
}

// program is the test program of a folder.
func (r *runner) program(folder string) string {
	return filepath.Join(r.temp, strings.ReplaceAll(folder, "/", "_")+".test")
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
		output, err := r.run(ctx, tests[i], "", "-test.v")
		switch {
		case err != nil:
			return fmt.Errorf("%s fails on the code as it is: %w\n%s", tests[i], err, output)
		case !tests[i].ran(output):
			return fmt.Errorf("%s: there is no such test", tests[i])
		}
		return nil
	})
}

// ran reports whether the output of a test names a test as deep as the pattern:
// a pattern whose last part matches nothing runs the parts above it.
func (t test) ran(output string) bool {
	for line := range strings.Lines(output) {
		if strings.HasPrefix(line, "=== RUN") && strings.Count(line, "/") >= strings.Count(t.pattern, "/") {
			return true
		}
	}
	return false
}

// one tries one mutation, one that a switch turns on or one of its own.
func (r *runner) one(ctx context.Context, m mutation, switched bool) (fate, error) {
	overlay := ""
	if !switched {
		var err error
		if overlay, err = r.overlay(m); err != nil {
			return "", err
		}
	}
	for _, t := range m.tests {
		output, err := "", error(nil)
		if switched {
			output, err = r.run(ctx, t, m.name)
		} else {
			output, err = r.goTest(ctx, t, overlay)
		}
		var exit *exec.ExitError
		switch {
		case err == nil:
			continue
		case !errors.As(err, &exit) || ctx.Err() != nil:
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

// run runs tests in the test program of their folder with a mutation on, "" for
// none.
func (r *runner) run(ctx context.Context, t test, on string, args ...string) (output string, err error) {
	args = append(args, "-test.failfast", "-test.timeout", patience.String(), "-test.run", t.pattern)
	command := exec.CommandContext(ctx, r.program(t.folder), args...)
	command.Dir = filepath.Join(r.root, t.folder)
	return r.output(command, switchName+"="+on)
}

// goTest builds and runs tests with a mutation that no switch can turn on.
func (r *runner) goTest(ctx context.Context, t test, overlay string) (output string, err error) {
	command := exec.CommandContext(ctx, "go", "test", "-vet=off", "-failfast", "-timeout", patience.String(), "-run", t.pattern,
		"-overlay", overlay, "./"+t.folder)
	command.Dir = r.root
	return r.output(command)
}

func (r *runner) output(command *exec.Cmd, env ...string) (string, error) {
	// A property that fails need not be made small, and leaves no file.
	command.Env = append(append(os.Environ(), "RAPID_NOFAILFILE=true", "RAPID_SHRINKTIME=0s"), env...)
	text, err := command.CombinedOutput()
	return string(text), err
}
