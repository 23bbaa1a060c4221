package cli

import (
	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/settings"
)

func newServe(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer GraphQL over HTTP",
		Long: `Answer GraphQL over HTTP at /graphql, with the schema at /schema.graphql and the
state of the service at /healthz, /readyz and /version. The server checks for
changes in the store and answers from the new picture once it is built. With a
graph file, "liantu load" may run meanwhile.`,
		Args:        help.NoArgs,
		Annotations: localOnly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return service.Serve(cmd.Context(), e.service())
		},
	}
	addListen(cmd, "host and port to listen on; port 0 takes any free one")
	return cmd
}

// addListen adds the flag for the address of a service.
func addListen(cmd *cobra.Command, usage string) {
	settings.AddFlag(cmd.Flags(), "listen", "server.listen", usage)
}
