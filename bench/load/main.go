// Command load measures what hostile requests cost the service. It starts the
// real server over the sample pack on a port of this machine, sends each
// request of package attacks alone and reports the processor time and the memory
// that it took; then it measures a usual question on its own and beside floods of
// the most expensive requests.
//
//	go run ./bench/load
//
// It fails when a request of at most 64 KiB takes more than 50 ms of the
// processor or 32 MB of memory, or when the usual question beside a flood
// takes twice its quiet time or more at the 99th percentile. Other load on the
// machine distorts the figures; on Linux "chrt -r 5" before the program avoids
// that.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

// The most that a request may cost whose length the service accepts.
const (
	mostCPU   = 50 * time.Millisecond
	mostBytes = 32 << 20
	mostSlow  = 2.0 // times the quiet 99th percentile
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	rounds := flags.Int("rounds", 5, "times that each request is measured; the median counts")
	shown := flags.Int("shown", 20, "most expensive requests to list")
	normal := flags.Int("normal", 2000, "usual questions for each percentile")
	at := flags.Int("concurrent", 200, "requests of a flood under way at once")
	only := flags.String("only", "", "measure the requests whose names contain this")
	lone := flags.Bool("alone", true, "measure each request alone")
	floods := flags.Bool("floods", true, "measure beside floods, too")
	keep := flags.Bool("keep", false, "let the service cache answers beside floods, as it does by default")
	name := flags.String("flood", "", "send this request as a flood, for the program itself")
	base := flags.String("base", "", "where the flood goes")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *name != "" {
		return flood(ctx, os.Stdin, out, *base, *name, *at)
	}
	var failed error
	for _, part := range []struct {
		wanted, keep bool
		measure      func(*service) error
	}{
		{*lone, false, func(s *service) error { return alone(s, out, *rounds, *shown, *only) }},
		{*floods, *keep, func(s *service) error { return beside(ctx, s, out, *normal, *at) }},
	} {
		if !part.wanted {
			continue
		}
		s, err := start(ctx, part.keep)
		if err != nil {
			return err
		}
		failed = errors.Join(failed, part.measure(s), s.stop())
	}
	return failed
}
