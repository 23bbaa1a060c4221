package cli

import (
	"context"
	"io"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/cli/papers"
	"liantu/cli/service"
	"liantu/cli/settings"
	"liantu/cli/show"
	"liantu/graph/projection"
	"liantu/schema"
)

// env is what every command shares: where to write, the settings, and the
// caller.
type env struct {
	program        Program
	args           []string
	stdout, stderr io.Writer

	settings settings.Settings
	origins  []settings.Setting // every setting with its origin, in order of config.yaml
	language show.Language
	identity *access.Identity       // of the bearer of --token, nil for the user of the machine
	whole    *projection.Projection // the picture that was built last, of which a command sees a part
	paper    *papers.Paper          // that is printed for a caller of a service, nil for a command of its own
	title    string                 // of the file of the paper, once it is printed
}

// configure reads the settings for the command about to run.
func (e *env) configure(cmd *cobra.Command) error {
	read, origins, err := settings.Read(e.program.Config, cmd.Flags())
	if err != nil {
		return err
	}
	e.settings, e.origins, e.language = read, origins, show.Language(settings.Spoken(read.Language))
	return nil
}

// spoken is the language of the terminal, also before the settings were read, as in
// help and in what is wrong with the command line.
func (e *env) spoken() show.Language {
	if e.language == "" {
		e.language = show.Language(settings.Language(e.program.Config, e.args))
	}
	return e.language
}

// text picks the language of the terminal, else the other one.
func (e *env) text(t schema.Text) string { return e.spoken().Text(t) }

// terminal is where the output goes, for what is printed piece by piece.
func (e *env) terminal() show.Terminal {
	return show.Terminal{Out: e.stdout, Language: e.language}
}

// service is what a service of this program needs to know.
func (e *env) service() service.Config {
	return service.Config{Settings: e.settings, Version: e.version(), Stdout: e.stdout, Stderr: e.stderr, Papers: e.printPaper}
}

// printPaper prints a paper of the service by the command that has the answer, as for a caller
// with a token, from the picture of the service instead of the store.
func (e *env) printPaper(ctx context.Context, p papers.Paper, out io.Writer) (title string, err error) {
	one := &env{program: e.program, args: p.Args, stdout: out, stderr: io.Discard, settings: e.settings, paper: &p}
	one.language, one.identity, one.whole = show.Language(p.Language), p.Caller, p.Whole
	root := newRoot(one)
	root.SetArgs(p.Args)
	err = root.ExecuteContext(ctx)
	return one.title, err
}

// print prints the answer of a command that was computed without a picture.
func (e *env) print(cmd *cobra.Command, answer show.Answer) error {
	return e.printFrom(cmd, nil, answer)
}

// printFrom prints the answer of a command in the form that its flags ask for.
func (e *env) printFrom(cmd *cobra.Command, picture *projection.Projection, answer show.Answer) error {
	printer := show.Printer{
		Terminal: e.terminal(), Stderr: e.stderr, Form: formOf(cmd), File: flagText(cmd, "out"),
		Asked:     func() show.Asked { return e.asked(cmd, picture) },
		Exporting: func() error { return e.recordFile(cmd, formOf(cmd), picture, 0) },
	}
	if e.paper != nil {
		e.title = printer.FileName(time.Now())
	}
	return printer.Print(answer)
}

// version describes the running program: the released version, else the commit
// it was built from, else "devel".
func (e *env) version() string {
	if e.program.Version != "" {
		return e.program.Version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	commit, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+dirty"
		}
	}
	if commit == "" {
		return "devel"
	}
	return "devel-" + commit + dirty
}
