package main

import (
	"cmp"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/graph/projection"
	"liantu/schema"
)

// app is what every command shares: where to write, and the settings.
type app struct {
	stdout, stderr io.Writer
	cfg            config
	settings       []setting // every setting with its origin, in order of config.yaml
	lang           string    // "zh" or "en"

	asked    *cobra.Command         // the command that runs
	identity *access.Identity       // of the bearer of --token, nil for the user of the machine
	picture  *projection.Projection // what its answer is computed from, nil for none
}

// newRoot builds the command tree. Settings are read before any command runs,
// so that a bad one is reported whatever the command is.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "liantu",
		Short: "Find the missing links of an industry chain, and who could fill them",
		Long: `Liantu (链图) tells which links of an industry chain are missing, weak, strong or
unknown in a region, how that is known, and which companies could fill them.

  liantu demo                       see it work on the sample pack, with no set-up
  liantu load data/*.csv            load your own files
  liantu gaps --region 杭州          ask`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.checkFormat(cmd); err != nil {
				return err
			}
			if !needsSettings(cmd) {
				return nil
			}
			if err := a.configure(cmd); err != nil {
				return err
			}
			return a.identify(cmd)
		},
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.CompletionOptions.HiddenDefaultCmd = false
	addSettingFlags(root)
	root.PersistentFlags().String("token", "", "key or token of who asks, to be answered as the role may (better in "+tokenEnv+")")
	root.AddCommand(
		newDemo(a),
		newServe(a),
		newMcp(a),
		newLoad(a),
		newMapping(a),
		newTemplate(a),
		newReview(a),
		newBatches(a),
		newUndo(a),
		newChanges(a),
		newConflicts(a),
		newQuality(a),
		newGaps(a),
		newCandidates(a),
		newIntroductions(a), newMatch(a),
		newCompare(a),
		newWhatIf(a),
		newAnchor(a),
		newTies(a),
		newEvaluate(a),
		newPerson(a),
		newUsers(a),
		newKeys(a),
		newAudit(a),
		newCheck(a),
		newConfig(a),
		newVersion(a),
	)
	return root
}

// needsSettings is false for the commands that must work whatever the settings
// are, since they help to mend them.
func needsSettings(cmd *cobra.Command) bool {
	for c := cmd; c != nil; c = c.Parent() {
		switch c.Name() {
		case "version", "help", "completion", "default", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd:
			return false
		}
	}
	return true
}

// configure reads the settings for the command about to run.
func (a *app) configure(cmd *cobra.Command) error {
	cfg, settings, err := readConfig(cmd.Flags())
	if err != nil {
		return err
	}
	a.cfg, a.settings, a.lang = cfg, settings, terminalLanguage(cfg.Language)
	return nil
}

// terminalLanguage resolves the language "auto" by the locale, as other
// programs do: the first of LC_ALL, LC_MESSAGES and LANG that is set decides.
func terminalLanguage(setting string) string {
	if setting != "auto" {
		return setting
	}
	locale := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	if strings.HasPrefix(locale, "zh") {
		return "zh"
	}
	return "en"
}

// text picks the language of the terminal, the other one where a text lacks it.
func (a *app) text(t schema.Text) string {
	if a.lang == "zh" {
		return cmp.Or(t.Zh, t.En)
	}
	return cmp.Or(t.En, t.Zh)
}

// logger writes to the standard error, so that the output stays clean.
func (a *app) logger() *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(a.cfg.Log.Level)); err != nil {
		level = slog.LevelInfo // the rules of config.go leave only known levels
	}
	options := &slog.HandlerOptions{Level: level}
	if a.cfg.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(a.stderr, options))
	}
	return slog.New(slog.NewTextHandler(a.stderr, options))
}
