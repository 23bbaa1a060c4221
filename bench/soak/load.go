package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"liantu/api/attacks"
)

// load is the requests that load the program.
type load struct {
	*program
	attacks       []attacks.Attack
	asked, events atomic.Int64
	loads         int
}

func newLoad(p *program) *load { return &load{program: p, attacks: attacks.All()} }

// run loads the program for a while and waits until all requests are answered.
// One of the clients follows the graph, another changes it once.
func (l *load) run(ctx context.Context, length time.Duration, clients int) error {
	until := time.Now().Add(length)
	failures := make(chan error, clients+2)
	var all sync.WaitGroup
	for range clients {
		all.Go(func() { failures <- l.ask(ctx, until) })
	}
	all.Go(func() { failures <- l.follow(ctx, until) })
	all.Go(func() { failures <- l.change(ctx) })
	all.Wait()
	close(failures)
	var err error
	for e := range failures {
		err = errors.Join(err, e)
	}
	return err
}

// ask sends the usual question, the same question in a document that is new each
// time, and the attacks one after the other. Each must get the status it states.
func (l *load) ask(ctx context.Context, until time.Time) error {
	for time.Now().Before(until) && ctx.Err() == nil {
		n := int(l.asked.Add(1))
		one := attacks.Attack{Name: "usual question", Body: attacks.Usual(), Status: http.StatusOK}
		switch n % 3 {
		case 1:
			one = attacks.Attack{Name: "new document", Status: http.StatusOK, Body: attacks.Body(
				fmt.Sprintf(`query n%d{gaps(region:"330100",first:20){nodes{state link{id name}}}}`, n))}
		case 2:
			one = l.attacks[n/3%len(l.attacks)].Anew(n)
		}
		status, err := l.send(ctx, one)
		if err != nil || status != one.Status && status != http.StatusServiceUnavailable {
			return fmt.Errorf("%s: status %d, want %d: %w", one.Name, status, one.Status, err)
		}
	}
	return nil
}

func (l *load) send(ctx context.Context, a attacks.Attack) (status int, err error) {
	response, err := l.post(ctx, a.Body, a.Header)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, errors.Join(err, response.Body.Close())
}

func (l *load) post(ctx context.Context, body string, header map[string]string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, l.base+"/graphql", strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		request.Header.Set(name, value)
	}
	return l.client.Do(request)
}

// follow opens subscriptions, leaves some at once and reads others for a while.
func (l *load) follow(ctx context.Context, until time.Time) error {
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	for n := 0; ctx.Err() == nil; n++ {
		length := 10 * time.Millisecond
		if n%10 == 9 {
			length = 3 * time.Second
		}
		if err := l.listen(ctx, length); err != nil {
			return err
		}
	}
	return nil
}

// listen follows the graph so long and counts the events.
func (l *load) listen(ctx context.Context, length time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	response, err := l.post(ctx, attacks.Body(`subscription{graphChanged(region:"330100"){version}}`), map[string]string{"Accept": "text/event-stream"})
	if err != nil {
		if ctx.Err() != nil {
			return nil // it left before it was accepted
		}
		return err
	}
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		if lines.Text() == "event: next" {
			l.events.Add(1)
		}
	}
	return response.Body.Close() // it ends because the client leaves
}

// change loads an invented company, the same each time except for its capital.
func (l *load) change(ctx context.Context) error {
	l.loads++
	file := filepath.Join(l.folder, "Company.csv")
	text := fmt.Sprintf("stock_code,name,registered_capital,synthetic\n301999.SZ,虚构耐久试验股份有限公司,%d,true\n", 1000+l.loads)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return err
	}
	return l.call(ctx, l.binary, "load", file, "--source", "soak", "--as-of", "2026-01-01")
}
