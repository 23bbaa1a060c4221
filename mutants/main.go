// Command mutants breaks one rule after another and reports the rules that no
// test misses. A rule is a line of the tables in this folder: the file that holds
// it, the text that states it, the text that breaks it, and the tests that must
// fail then. The program never writes into the tree: the broken files lie in a
// temporary folder and the go command is given them in place of the true ones.
// All broken rules are in one test program for each package, and a switch turns
// them on one at a time; what stands in no function is built on its own.
//
//	go run ./mutants              every rule; ends with 1 if one survives
//	go run ./mutants -only extend  those whose name or file holds a text
//	go run ./mutants -check       only whether the tables fit the tree, and compile
//	go run ./mutants -move        finds anew what was moved, and writes the tables
//
// It is a tool of the project and no part of the program. Nothing imports it;
// it imports only the standard library.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run reads the flags and does what they ask for; it returns the exit code: 0 if
// no mutation survives, 1 if one does, 2 if the tables or the tests are at fault.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	flags.SetOutput(stderr)
	root := flags.String("root", ".", "folder of the module")
	only := flags.String("only", "", "only the mutations whose name or file holds this text")
	jobs := flags.Int("jobs", 2, "mutations that are tried at a time")
	check := flags.Bool("check", false, "only check that the tables fit the tree and that the broken code compiles")
	moved := flags.Bool("move", false, "find anew what is no longer where the tables say, and write them")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *moved {
		left, err := move(*root, stdout)
		if err != nil {
			fmt.Fprintln(stderr, "error:", err)
			return 2
		}
		if left > 0 {
			return 1
		}
		return 0
	}
	all, err := tables(*root)
	if err == nil {
		err = fit(*root, all)
	}
	if err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 2
	}
	if *check {
		if err := compile(ctx, *root, all); err != nil {
			fmt.Fprintln(stderr, "error:", err)
			return 2
		}
		fmt.Fprintf(stdout, "%d mutations fit the tree\n", len(all))
		return 0
	}
	var chosen []mutation
	for _, m := range all {
		if strings.Contains(m.name+" "+m.file, *only) {
			chosen = append(chosen, m)
		}
	}
	if len(chosen) == 0 {
		fmt.Fprintf(stderr, "error: -only: no mutation has %q in its name or file\n", *only)
		return 2
	}
	survivors, err := try(ctx, *root, chosen, *jobs, stdout)
	if err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 2
	}
	if len(survivors) == 0 {
		fmt.Fprintf(stdout, "%d mutations, none survives\n", len(chosen))
		return 0
	}
	fmt.Fprintf(stdout, "%d mutations, %d survive:\n", len(chosen), len(survivors))
	for _, m := range survivors {
		fmt.Fprintf(stdout, "  %s: %s\n    %s\n", m.name, m.rule, m.file)
	}
	return 1
}
