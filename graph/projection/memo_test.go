package projection_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"liantu/graph/projection"
)

// TestTryGivesUp lets the one who computes give up. Of those that wait the
// next computes with its own context, and what it finds is kept.
func TestTryGivesUp(t *testing.T) {
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
			t.Errorf("who gives up gets %v", err)
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
				t.Errorf("who waits gets %v, %v", value, err)
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

// TestTryStopsWaiting lets the context of one who waits end.
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
		t.Errorf("who waits gets %v", err)
	}
	close(release)
	all.Wait()
}

// TestPanicIsNotKept lets a computation panic. The next one computes anew.
func TestPanicIsNotKept(t *testing.T) {
	memo := projection.NewMemo(2)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is gone")
			}
		}()
		memo.Get("key", func() any { panic("boom") })
	}()
	if got := memo.Get("key", func() any { return 2 }); got != 2 {
		t.Errorf("found %v", got)
	}
}
