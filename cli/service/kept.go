package service

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"liantu/cli/setup"
	"liantu/graph"
)

// ServeDemo answers from a temporary graph until ctx ends, or a caller on this machine has
// set up a graph that is kept: from then on it answers from that, at the same address. begun
// is called once the service answers, and says whether to go on.
func ServeDemo(ctx context.Context, c Config, store graph.Store, listener net.Listener, begun func(*Service) (goOn bool, err error)) error {
	made := make(chan string, 1)
	c.Temporary = true
	if tcp, ok := listener.(*net.TCPListener); ok && c.Settings.Store.Kind == "file" && tcp.Addr().(*net.TCPAddr).IP.IsLoopback() { //nolint:forcetypeassert // of a TCP listener
		listener, c.Made = &lent{TCPListener: tcp}, func(path string) { made <- path }
		c.Settings.Limits.DrainDelay = 0 // or the temporary graph would be answered from meanwhile
	}
	running, err := New(ctx, c, store)
	if err != nil {
		return err
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- running.Serve(serving, listener) }()
	if goOn, err := begun(running); !goOn {
		stop()
		return errors.Join(err, <-served)
	}
	select {
	case err := <-served:
		return err
	case path := <-made:
		stop()
		if err := <-served; err != nil {
			return err
		}
		return c.serveKept(ctx, path, listener)
	}
}

// serveKept answers from a graph file that was just made.
func (c Config) serveKept(ctx context.Context, path string, listener net.Listener) error {
	c.Temporary, c.Made, c.Open = false, nil, false
	c.Settings.Store.Path = path
	return withServedStore(ctx, &c.Settings, func(store graph.Store) error {
		s, err := New(ctx, c, store)
		if err != nil {
			return err
		}
		if l, ok := listener.(*lent); ok {
			if err := l.lendAgain(); err != nil {
				return err
			}
		}
		fmt.Fprintf(c.Stdout, "the graph is kept in %s; to serve it another time: %s\n", path, setup.Command(path))
		s.Announce(ctx, listener)
		return s.Serve(ctx, listener)
	})
}

// lent is a listener that a server does not close: connections that come between two
// servers wait for the second one.
type lent struct {
	*net.TCPListener
	back atomic.Bool // whether the server has given it back
}

// Accept waits for the next connection, until the server gives the listener back.
func (l *lent) Accept() (net.Conn, error) {
	c, err := l.TCPListener.Accept()
	if err != nil && l.back.Load() {
		return nil, net.ErrClosed
	}
	return c, err
}

// Close gives the listener back.
func (l *lent) Close() error {
	l.back.Store(true)
	return l.SetDeadline(time.Unix(1, 0))
}

// lendAgain makes the listener ready for the next server.
func (l *lent) lendAgain() error {
	l.back.Store(false)
	return l.SetDeadline(time.Time{})
}
