package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"liantu/api/attacks"
)

// beside measures the usual question on its own and beside floods of requests,
// each flood as many at once as told, one connection for each.
func beside(ctx context.Context, s *service, out io.Writer, normal, at int) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "beside\tp50 ms\tp99 ms\tp99/quiet\tanswered\trefused\t\n")
	var worst float64
	for _, a := range attacks.Floods() {
		quiet, err := s.usual(normal)
		if err != nil {
			return err
		}
		counts, halt := s.flood(ctx, a, at)
		loud, err := s.usual(normal)
		halt()
		if err != nil {
			return err
		}
		ratio := ms(percentile(loud, .99)) / ms(percentile(quiet, .99))
		worst = max(worst, ratio)
		fmt.Fprintf(w, "nothing\t%.2f\t%.2f\t\t\t\t\n", ms(percentile(quiet, .5)), ms(percentile(quiet, .99)))
		fmt.Fprintf(w, "%s\t%.2f\t%.2f\t%.2f\t%d\t%d\t\n", a.Name, ms(percentile(loud, .5)), ms(percentile(loud, .99)), ratio, counts[http.StatusOK], counts[http.StatusServiceUnavailable])
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
		status, err := s.send(question)
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

// flood keeps so many copies of a request under way until it is halted. Then
// the counts of the statuses are complete.
func (s *service) flood(ctx context.Context, a attacks.Attack, at int) (map[int]int, func()) {
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	var mu sync.Mutex
	counts := map[int]int{}
	for range at {
		all.Go(func() {
			for ctx.Err() == nil {
				status, err := s.send(a.Anew(s.form()))
				if err != nil {
					status = 0 // cut off
				}
				mu.Lock()
				counts[status]++
				mu.Unlock()
				if status == http.StatusServiceUnavailable {
					select { // as told, but impatiently
					case <-ctx.Done():
					case <-time.After(100 * time.Millisecond):
					}
				}
			}
		})
	}
	return counts, func() { cancel(); all.Wait() }
}

func percentile(ascending []time.Duration, share float64) time.Duration {
	return ascending[min(int(share*float64(len(ascending))), len(ascending)-1)]
}
