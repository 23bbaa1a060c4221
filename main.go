// Command liantu (链图) answers which links of an industry chain are missing,
// weak, strong or unknown in a region, how that is known, and which companies
// could fill them. It loads files into a graph kept in one local file or in
// Neo4j, asks its questions of an immutable picture of that graph, and gives
// the answers in the terminal or as GraphQL over HTTP.
//
// This package only wires the others together: settings, commands and their
// output. Nothing imports it.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the first signal asks to stop, the second one kills
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program: it reads the settings, carries out the command in
// args and returns the exit code, 0 for success, 1 for failure, 2 for a load
// that left rows out. It ends early when ctx does.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	a := &app{stdout: stdout, stderr: stderr}
	root := newRoot(a)
	root.SetArgs(append([]string{}, args...)) // cobra reads os.Args when given nil
	return a.report(root.ExecuteContext(ctx))
}
