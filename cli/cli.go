// Package cli is the commands of the program, one a file: each reads its flags,
// asks the packages below, and has cli/show print the answer. Only the
// main package imports it.
//
// A command is a function newX that returns a cobra.Command; its file also states,
// as annotations, what the command requires of a caller with a token and what its
// answer is called. It is listed once more in newRoot.
package cli

import (
	"context"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/settings"
	"liantu/message"
)

// Program is what only the main package can embed or is given by the linker.
type Program struct {
	Version string // of a release, "" for any other build
	Config  string // the text of config.yaml
	Files   fs.FS  // docs/queries, with a folder of queries for each language
}

// Run is the whole program: it reads the settings, carries out the command in
// args and returns the exit code, 0 for success, 1 for failure, 2 for a load
// that left rows out. It ends early when ctx does.
func Run(ctx context.Context, p Program, args []string, stdout, stderr io.Writer) int {
	e := &env{program: p, args: args, stdout: stdout, stderr: stderr}
	root := newRoot(e)
	root.SetArgs(append([]string{}, args...)) // cobra reads os.Args when given nil
	return e.report(root.ExecuteContext(ctx))
}

// newRoot builds the command tree. Settings are read before any command runs,
// so that every command reports a bad one.
func newRoot(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "liantu",
		Short: "Find the missing links of an industry chain, and who could fill them",
		Long: `Liantu (链图) shows which links of an industry chain are missing, weak, strong or
unknown in a region, how that is known, and which companies could fill them.

  liantu demo                       see it work on the sample pack, with no set-up
  liantu load data/*.csv            load your own files
  liantu gaps --region 杭州          ask`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          help.NoArgs,
		Annotations:   revealsNothing(),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if !needsSettings(cmd) {
				return nil
			}
			if err := help.Check(cmd); err != nil {
				return err
			}
			if e.paper != nil { // its caller and settings are those of the service
				return checkForm(cmd)
			}
			if err := e.configure(cmd); err != nil {
				return err
			}
			if err := checkForm(cmd); err != nil { // its hint is in the language of the settings
				return err
			}
			return e.identify(cmd)
		},
	}
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.CompletionOptions.HiddenDefaultCmd = false
	help.Set(root, func(*cobra.Command) message.Language { return message.Language(e.spoken()) })
	settings.AddFlags(root.PersistentFlags())
	root.PersistentFlags().String("token", "", "key or token of the caller, whose role limits the answer (better in "+settings.TokenEnv+")")
	root.AddCommand(
		newDemo(e), newServe(e), newMcp(e),
		newLoad(e),
		newMapping(e),
		newTemplate(e),
		newReview(e),
		newNode(e), newExport(e),
		newLoads(e),
		newUndo(e),
		newChanges(e),
		newConflicts(e),
		newQuality(e),
		newGaps(e),
		newPlace(e),
		newCandidates(e),
		newIntroductions(e), newMatch(e), newMeeting(e),
		newCompare(e),
		newWhatIf(e),
		newAnchor(e),
		newTies(e),
		newEvaluate(e),
		newPerson(e),
		newUsers(e), newKeys(e), newAudit(e),
		newCheck(e), newConfig(e), newVersion(e),
	)
	return root
}

// newGroup is a command that only groups others.
func newGroup(use, short string, commands ...*cobra.Command) *cobra.Command {
	group := &cobra.Command{
		Use: use, Short: short, Args: help.NoArgs, Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	group.AddCommand(commands...)
	return group
}

func newVersion(e *env) *cobra.Command {
	return &cobra.Command{
		Use:         "version",
		Short:       "Print the version of this program",
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(e.stdout, "liantu %s\n", e.version())
			return err
		},
	}
}
