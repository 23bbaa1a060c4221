package api

import (
	"net"
	"net/http"
	"sync"
)

// Connections are the open connections of an HTTP server, each of which has buffers
// with parts of its last requests and answers. [Connections.Track] is the ConnState of
// the server.
type Connections struct {
	mu    sync.Mutex
	open  map[net.Conn]connection
	round int // how often they were retired
}

type connection struct {
	round int // in which it was opened
	idle  bool
}

// NewConnections returns connections of which none is open yet.
func NewConnections() *Connections { return &Connections{open: map[net.Conn]connection{}} }

// Track notes that a connection changed its state, and closes one that is retired and
// has no request in flight.
func (c *Connections) Track(conn net.Conn, state http.ConnState) {
	if c.note(conn, state) {
		closeConnection(conn)
	}
}

// note reports whether the connection is to be closed.
func (c *Connections) note(conn net.Conn, state http.ConnState) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch one := c.open[conn]; state {
	case http.StateNew:
		c.open[conn] = connection{round: c.round}
	case http.StateActive, http.StateIdle:
		one.idle = state == http.StateIdle
		c.open[conn] = one
		return one.idle && one.round < c.round
	case http.StateHijacked, http.StateClosed:
		delete(c.open, conn)
	}
	return false
}

// Retire closes the connections without a request in flight at once, and the others
// when their request has been answered. Clients open new ones.
func (c *Connections) Retire() {
	c.mu.Lock()
	c.round++
	var idle []net.Conn
	for conn, one := range c.open {
		if one.idle {
			idle = append(idle, conn)
		}
	}
	c.mu.Unlock()
	for _, conn := range idle {
		closeConnection(conn)
	}
}

// closeConnection closes a connection. The server that reads from it sees the error of
// one that was closed before.
func closeConnection(conn net.Conn) { _ = conn.Close() }
