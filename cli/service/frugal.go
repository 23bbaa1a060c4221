package service

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

const (
	// loadGCPercent is the garbage that a load lets build up, in percent of the
	// memory in use. Loads hold an index of keys and names, produce much garbage
	// beside it, and often run on an office machine: with 30 a workbook of 100,000
	// rows stays within 400 MiB, for some hundredths of the processor time.
	loadGCPercent = 30

	// loadFreeMemory is what a load may use before garbage is collected at all, in
	// bytes. Most loads of an office end below it; 30 percent of the few megabytes of
	// their beginning would be collected again and again, for half their time.
	loadFreeMemory = 96 << 20
)

// Frugal trades time for memory, unless the environment sets GOGC or GOMEMLIMIT,
// until the function that it returns is called.
func Frugal() func() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	var (
		mu      sync.Mutex
		ended   bool
		limit   = debug.SetMemoryLimit(loadFreeMemory)
		percent = debug.SetGCPercent(-1)
	)
	// The first collection, which the limit causes, finds the mark unused.
	mark := new([64]byte)
	runtime.AddCleanup(mark, func(limit int64) {
		mu.Lock()
		defer mu.Unlock()
		if !ended {
			debug.SetGCPercent(loadGCPercent)
			debug.SetMemoryLimit(limit)
		}
	}, limit)
	return func() {
		mu.Lock()
		defer mu.Unlock()
		ended = true
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
