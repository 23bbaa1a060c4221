package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"liantu/api/attacks"
)

// flood keeps at copies of a request under way until in ends. A copy that is
// refused with Retry-After is sent again after that time. It writes true once
// every copy has been sent, and at the end how often each status was received;
// status 0 counts those cut off.
func flood(ctx context.Context, in io.Reader, out io.Writer, base, name string, at int) error {
	all := attacks.All()
	i := slices.IndexFunc(all, func(a attacks.Attack) bool { return a.Name == name })
	if i < 0 {
		return fmt.Errorf("no request is called %q", name)
	}
	s := &service{base: base, client: newClient()}
	ctx, cancel := context.WithCancel(ctx)
	counts := map[string]int{}
	var mu sync.Mutex
	var sent, done sync.WaitGroup
	sent.Add(at)
	for range at {
		done.Go(func() {
			sent.Done()
			for ctx.Err() == nil {
				status, again, err := s.send(all[i].Anew(s.form()))
				if err != nil {
					status = 0
				}
				mu.Lock()
				counts[strconv.Itoa(status)]++
				mu.Unlock()
				if status == http.StatusServiceUnavailable {
					select {
					case <-ctx.Done():
					case <-time.After(again):
					}
				}
			}
		})
	}
	sent.Wait()
	results := json.NewEncoder(out)
	if err := results.Encode(true); err != nil {
		cancel()
		return err
	}
	_, err := io.Copy(io.Discard, in)
	cancel()
	s.client.CloseIdleConnections()
	mu.Lock()
	defer mu.Unlock()
	if err == nil {
		err = results.Encode(counts)
	}
	return err // those still under way end with the process
}
