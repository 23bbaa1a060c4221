package api

import (
	"sync"
	"sync/atomic"
)

// forget drops what the server retains of clients' questions and of answers, since a
// person who was forgotten may be in them: cached answers, documents and compiled
// operations with their literals, the buffers of connections, and streams, which hold
// the document that opened them. Pictures end by themselves when the last request that
// reads them ends.
//
// What a request in flight adds after this it drops itself: it compares
// [forgettings.count] with that of its beginning.
func (s *Server) forget() {
	s.forgettings.begin()
	s.operations.Purge()
	s.persisted.cache.Purge()
	s.answers.drop(s.take().Version())
	s.reserved.EndUnopened(s.reserved.List()...)
	s.connections.Retire()
}

// forgettings counts how often a person was forgotten since the server was made.
type forgettings struct {
	made atomic.Int64
	mu   sync.Mutex
	next chan struct{} // closed by the next one
}

func newForgettings() *forgettings { return &forgettings{next: make(chan struct{})} }

func (f *forgettings) count() int64 { return f.made.Load() }

// begin counts one more.
func (f *forgettings) begin() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made.Add(1)
	close(f.next)
	f.next = make(chan struct{})
}

// after returns a channel that is closed, or will be, when more than so many were made.
func (f *forgettings) after(count int64) <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.made.Load() == count {
		return f.next
	}
	past := make(chan struct{})
	close(past)
	return past
}
