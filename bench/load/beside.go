package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"liantu/api/attacks"
)

// beside measures the usual question on its own and beside floods of requests.
// Each flood has at requests under way at once, one connection for each, from a
// separate process. It fails only on floods of requests that are answered: a
// request that is refused before any work costs only its acceptance.
func beside(ctx context.Context, s *service, out io.Writer, normal, at int) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "beside\tp50 ms\tp99 ms\tquiet p50\tquiet p99\tp99/quiet\tanswered\tbusy\tcut off\t\n")
	var worst float64
	for _, a := range attacks.Floods() {
		quiet, err := s.usual(normal)
		if err != nil {
			return err
		}
		halt, err := s.flood(ctx, a, at)
		if err != nil {
			return err
		}
		loud, err := s.usual(normal)
		counts, failed := halt()
		if err := errors.Join(err, failed); err != nil {
			return err
		}
		ratio := ms(percentile(loud, .99)) / ms(percentile(quiet, .99))
		if a.Code == "" {
			worst = max(worst, ratio)
		}
		fmt.Fprintf(w, "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%d\t%d\t%d\t\n", a.Name, ms(percentile(loud, .5)), ms(percentile(loud, .99)),
			ms(percentile(quiet, .5)), ms(percentile(quiet, .99)), ratio, counts["200"], counts["503"], counts["0"])
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if worst >= mostSlow {
		return fmt.Errorf("the usual question takes %.1f times its quiet 99th percentile beside a flood", worst)
	}
	return nil
}

// usual asks the usual question so many times, one after the other, and
// returns how long each took, ascending.
func (s *service) usual(n int) ([]time.Duration, error) {
	question := attacks.Attack{Name: "usual question", Body: attacks.Usual()}
	times := make([]time.Duration, 0, n)
	for range n {
		begun := time.Now()
		status, _, err := s.send(question)
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("the usual question is answered with %d", status)
		}
		if err != nil {
			return nil, err
		}
		times = append(times, time.Since(begun))
	}
	slices.Sort(times)
	return times, nil
}

// flood starts this program again to send a flood until halt is called, which
// returns how often each status was received.
func (s *service) flood(ctx context.Context, a attacks.Attack, at int) (halt func() (map[string]int, error), err error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, "-flood", a.Name, "-base", s.base, "-concurrent", strconv.Itoa(at))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	results, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	answer := json.NewDecoder(results)
	var underWay bool
	if err := answer.Decode(&underWay); err != nil {
		return nil, errors.Join(fmt.Errorf("flood: %w", err), in.Close(), cmd.Wait())
	}
	return func() (map[string]int, error) {
		var counts map[string]int
		err := errors.Join(in.Close(), answer.Decode(&counts))
		return counts, errors.Join(err, cmd.Wait())
	}, nil
}

func percentile(ascending []time.Duration, share float64) time.Duration {
	return ascending[min(int(share*float64(len(ascending))), len(ascending)-1)]
}
