package service

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

const (
	// leanPercent is the garbage that a load lets build up, in percent of the memory
	// in use. Loads hold an index of keys and names, produce much garbage beside it,
	// and often run on an office machine: with 30 a workbook of 100,000 rows stays
	// within 400 MiB, for some hundredths of the processor time.
	leanPercent = 30

	// freeHeap is about the heap below which nothing is collected, in bytes. Most
	// loads of an office stay below it; 30 percent of a few megabytes would be
	// collected again and again, for half of their time.
	freeHeap = 96 << 20

	// leastHeap is the heap of the first collection at 100 percent, in bytes: that
	// of the Go runtime.
	leastHeap = 4 << 20
)

// Frugal trades time for memory, unless the environment sets GOGC, until the
// function that it returns is called.
func Frugal() func() {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	t := &tuner{before: debug.SetGCPercent(garbagePercent())}
	t.watch()
	return t.end
}

// tuner sets the percentage of garbage anew after each collection.
type tuner struct {
	before int
	mu     sync.Mutex
	ended  bool
}

// watch waits for the end of the next collection, which finds an object that nothing
// uses.
func (t *tuner) watch() {
	runtime.AddCleanup(new([64]byte), (*tuner).tune, t)
}

func (t *tuner) tune() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ended {
		debug.SetGCPercent(garbagePercent())
		t.watch()
	}
}

func (t *tuner) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	debug.SetGCPercent(t.before)
}

// garbagePercent returns the percentage with which the next collection comes at
// freeHeap, or at leanPercent if that is later.
func garbagePercent() int {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	live := sample[0].Value.Uint64()
	if live == 0 { // nothing was collected so far
		return freeHeap / leastHeap * 100
	}
	return max(leanPercent, int(freeHeap*100/live)-100)
}
