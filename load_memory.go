package main

import (
	"os"
	"runtime/debug"
)

// loadGCPercent is how much of the memory in use a load lets become garbage
// before it is collected. Loads keep an index of keys and names and make much
// garbage beside it, and often run on the machine of an office: with 30 a
// workbook of 100,000 rows stays within 400 MiB, for some hundredths of the processor time.
const loadGCPercent = 30

// frugal trades time for memory, unless the environment says how to, until the
// function that it returns is called.
func frugal() func() {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(loadGCPercent)
	return func() { debug.SetGCPercent(before) }
}
