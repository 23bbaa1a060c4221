// Command soak lets the program serve the sample pack for half an hour while
// clients ask, attack, subscribe and load data, and reports whether its memory
// and its number of goroutines stay stable.
//
//	go run ./bench/soak -for 30m
//
// It builds the program, loads the sample pack into a graph file in a temporary
// folder, and starts "liantu serve". Several clients send usual questions, new
// documents and every request of package attacks; others follow graphChanged
// for a while and leave; now and then "liantu load" changes the graph. For
// every sample the load pauses and the program collects its garbage first. It
// fails when the median of the heap or of the goroutines in the last third of
// the samples is more than a tenth above that of the middle third (the first
// third warms up), or when the program ends.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"text/tabwriter"
	"time"
)

// mostGrowth is by what factor the last third of a soak may exceed the middle one.
const mostGrowth = 1.1

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	length := flags.Duration("for", 30*time.Minute, "how long")
	every := flags.Duration("every", 20*time.Second, "time between samples")
	clients := flags.Int("clients", 4, "clients that ask at once")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *length < 6**every {
		return fmt.Errorf("-for %v: at least six samples are needed, one every %v", *length, *every)
	}
	p, err := start(ctx)
	if err != nil {
		return err
	}
	samples, err := soak(ctx, p, out, *length, *every, *clients)
	if err = errors.Join(err, p.stop()); err != nil {
		return err
	}
	return judge(samples, out)
}

// soak loads the program and takes samples.
func soak(ctx context.Context, p *program, out io.Writer, length, every time.Duration, clients int) ([]sample, error) {
	w := tabwriter.NewWriter(out, 8, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "minute\theap MB\tresident MB\tgoroutines\tasked\tevents\tversion\t\n")
	begun := time.Now()
	load := newLoad(p)
	var samples []sample
	for time.Since(begun) < length && ctx.Err() == nil {
		if err := load.run(ctx, every, clients); err != nil {
			return samples, err
		}
		s, err := p.sample(ctx)
		if err != nil {
			return samples, err
		}
		samples = append(samples, s)
		fmt.Fprintf(w, "%.1f\t%.1f\t%.1f\t%.0f\t%d\t%d\t%.0f\t\n", time.Since(begun).Minutes(),
			s.heap/(1<<20), s.resident/(1<<20), s.goroutines, load.asked.Load(), load.events.Load(), s.version)
		if err := w.Flush(); err != nil {
			return samples, err
		}
	}
	return samples, ctx.Err()
}

// judge compares the last third of the samples with the middle one.
func judge(samples []sample, out io.Writer) error {
	third := len(samples) / 3
	middle, last := samples[third:2*third], samples[len(samples)-third:]
	var failed error
	for _, of := range []struct {
		name  string
		value func(sample) float64
	}{
		{"heap", func(s sample) float64 { return s.heap }},
		{"goroutines", func(s sample) float64 { return s.goroutines }},
	} {
		growth := median(last, of.value) / median(middle, of.value)
		fmt.Fprintf(out, "%s: the last third is %.3f of the middle one\n", of.name, growth)
		if growth > mostGrowth {
			failed = errors.Join(failed, fmt.Errorf("%s grows: by %.2f", of.name, growth))
		}
	}
	return failed
}
