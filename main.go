// Command liantu (链图) answers which links of an industry chain are missing,
// weak, strong or unknown in a region, how that is known, and which companies
// could fill them. It loads files into a graph kept in one local file or in
// Neo4j, asks its questions of an immutable picture of that graph, and gives
// the answers in the terminal or as GraphQL over HTTP.
//
// This package only embeds what stands beside it and calls package cli. Nothing
// imports it.
package main

import (
	"context"
	"embed"
	"os"
	"os/signal"
	"syscall"

	"liantu/cli"
)

// config is the text of config.yaml, which is the only home of the default
// values.
//
//go:embed config.yaml
var config string

// queries are the GraphQL queries that the demo asks and the READMEs show, one
// a file, in a folder for each language.
//
//go:embed docs/queries
var queries embed.FS

// version is set by the linker in a release: -ldflags "-X main.version=v1.2.3".
var version = ""

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the first signal asks to stop, the second one kills
	os.Exit(cli.Run(ctx, program(), os.Args[1:], os.Stdout, os.Stderr))
}

// program is what package cli cannot embed itself.
func program() cli.Program {
	return cli.Program{Version: version, Config: config, Files: queries}
}
