package cli

import (
	"os"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/settings"
)

func newServe(e *env) *cobra.Command {
	var open bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer GraphQL over HTTP",
		Long: `Answer GraphQL over HTTP at /graphql, with the schema at /schema.graphql and the
state of the service at /healthz, /readyz and /version, and agents at /mcp. The
server checks for changes in the store and answers from the new picture once it
is built. With a graph file, "liantu load" may run meanwhile.`,
		Args:        help.NoArgs,
		Annotations: localOnly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			config := e.service()
			config.Open = open
			return service.Serve(cmd.Context(), config)
		},
	}
	addListen(cmd, "host and port to listen on; port 0 takes any free one")
	addOpen(cmd, &open)
	return cmd
}

// addOpen adds the flag for opening the page.
func addOpen(cmd *cobra.Command, open *bool) {
	cmd.Flags().BoolVar(open, "open", false, "open the page in the browser of this machine")
}

// addListen adds the flag for the address of a service.
func addListen(cmd *cobra.Command, usage string) {
	settings.AddFlag(cmd.Flags(), "listen", "server.listen", usage)
}

func newMcp(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Serve agents over the Model Context Protocol",
		Long: `Serve agents over the Model Context Protocol: over the standard input and output,
or with --listen over HTTP at /mcp. The tools only read, and are bounded and masked
as GraphQL requests are. Over the standard streams the agent is the local user;
over HTTP it authenticates as for "liantu serve", where access.mode asks for it.`,
		Example: `  liantu mcp
  liantu mcp --listen 127.0.0.1:8081`,
		Args:        help.NoArgs,
		Annotations: localOnly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("listen") {
				return service.ServeAgents(cmd.Context(), e.service())
			}
			return service.ServeStreams(cmd.Context(), e.service(), os.Stdin)
		},
	}
	addListen(cmd, "answer over HTTP at this host and port instead; port 0 takes any free one")
	return cmd
}
