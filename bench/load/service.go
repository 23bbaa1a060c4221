package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"liantu/api"
	"liantu/api/attacks"
	"liantu/examples/zhejiang/picture"
)

// service is the server under test with its defaults, and a client for it.
type service struct {
	base   string
	client *http.Client
	stop   func() error // drains it; the error says what was cut off
	forms  atomic.Int64
}

// form returns the number of the next variant of a request, a new one each time.
func (s *service) form() int { return int(s.forms.Add(1)) }

// start loads the sample pack and serves it on a port of this machine. Where
// answers are not cached, every request is computed.
func start(ctx context.Context, keep bool) (*service, error) {
	live, err := picture.New(ctx)
	if err != nil {
		return nil, err
	}
	cfg := api.DefaultConfig()
	if !keep {
		cfg.AnswerBytes = 0
	}
	server, err := api.New(cfg, api.Deps{Pictures: live})
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	serving, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- server.Serve(serving, listener) }()
	s := &service{
		base:   "http://" + listener.Addr().String() + "/graphql",
		client: newClient(),
	}
	s.stop = func() error {
		cancel()
		s.client.CloseIdleConnections()
		return <-served
	}
	return s, nil
}

func newClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000}, Timeout: time.Minute}
}

// send sends one request and reads its answer to the end. It returns the
// status and the value of Retry-After, 0 without one.
func (s *service) send(a attacks.Attack) (status int, again time.Duration, err error) {
	request, err := http.NewRequest(http.MethodPost, s.base, bytes.NewReader([]byte(a.Body)))
	if err != nil {
		return 0, 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range a.Header {
		request.Header.Set(name, value)
	}
	response, err := s.client.Do(request)
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w", a.Name, err)
	}
	if text := response.Header.Get("Retry-After"); text != "" {
		seconds, err := strconv.Atoi(text)
		if err != nil {
			return 0, 0, errors.Join(err, response.Body.Close())
		}
		again = time.Duration(seconds) * time.Second
	}
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, again, errors.Join(err, response.Body.Close())
}
