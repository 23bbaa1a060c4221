package projection_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"liantu/graph/projection"
)

// TestTryFails cancels the caller that computes. One of those that wait then
// computes with its own context, and its result is cached.
func TestTryFails(t *testing.T) {
	memo := projection.NewMemo(2)
	gone, cancel := context.WithCancel(t.Context())
	began := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		_, err := memo.Try(gone, "key", func() (any, error) {
			close(began)
			<-gone.Done()
			return nil, gone.Err()
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the cancelled caller gets %v", err)
		}
	})
	<-began
	var computed sync.Map
	for i := range 8 {
		all.Go(func() {
			value, err := memo.Try(t.Context(), "key", func() (any, error) {
				computed.Store(i, true)
				return "found", nil
			})
			if err != nil || value != "found" {
				t.Errorf("a waiting caller gets %v, %v", value, err)
			}
		})
	}
	cancel()
	all.Wait()
	times := 0
	computed.Range(func(_, _ any) bool { times++; return true })
	if times != 1 {
		t.Errorf("computed %d times", times)
	}
}

// TestTryStopsWaiting cancels a waiting caller.
func TestTryStopsWaiting(t *testing.T) {
	memo := projection.NewMemo(2)
	began, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		memo.Get("key", func() any { close(began); <-release; return 1 })
	})
	<-began
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := memo.Try(gone, "key", func() (any, error) { return 2, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("the waiting caller gets %v", err)
	}
	close(release)
	all.Wait()
}

// TestPanicIsNotCached lets a computation panic. The next caller computes again.
func TestPanicIsNotCached(t *testing.T) {
	memo := projection.NewMemo(2)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		memo.Get("key", func() any { panic("boom") })
	}()
	if got := memo.Get("key", func() any { return 2 }); got != 2 {
		t.Errorf("found %v", got)
	}
}
