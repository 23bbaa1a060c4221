// Package help prints the help of the commands in the language of the caller, and has
// the usage errors that the library of the commands would state in English.
//
// The texts of commands and flags stand in English where the commands are made; their
// Chinese forms are in the area "help" of package message. The layout is that of the
// library, whose own words are messages here.
package help

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"liantu/message"
)

// Set makes help, usage and usage errors of a tree of commands those of this package.
// The function returns the language in which a command prints.
func Set(root *cobra.Command, language func(*cobra.Command) message.Language) {
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		page{cmd.OutOrStdout(), language(cmd)}.help(cmd)
	})
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		page{cmd.OutOrStderr(), language(cmd)}.usage(cmd)
		return nil
	})
	root.SetFlagErrorFunc(flagError)
}

// page is a help that is being printed.
type page struct {
	out      io.Writer
	language message.Language
}

// text is a text of a command or a flag in the language of the page.
func (p page) text(english string) string { return message.New(english).In(p.language) }

func (p page) say(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }

func (p page) head(words message.Text) { p.say("\n\n%s", words.In(p.language)) }

func (p page) help(cmd *cobra.Command) {
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	if about != "" {
		p.say("%s\n\n", strings.TrimRight(p.text(about), " \n"))
	}
	if cmd.Runnable() || cmd.HasSubCommands() {
		p.usage(cmd)
	}
}

func (p page) usage(cmd *cobra.Command) {
	p.say("%s", message.New("Usage:").In(p.language))
	if cmd.Runnable() {
		p.say("\n  %s", p.useLine(cmd))
	}
	if cmd.HasAvailableSubCommands() {
		p.say("\n  %s", message.New("%s [command]", cmd.CommandPath()).In(p.language))
	}
	if cmd.HasExample() {
		p.head(message.New("Examples:"))
		p.say("\n%s", p.text(cmd.Example))
	}
	if cmd.HasAvailableSubCommands() {
		p.head(message.New("Available Commands:"))
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				p.say("\n  %-*s %s", sub.NamePadding(), sub.Name(), p.text(sub.Short))
			}
		}
	}
	if cmd.HasAvailableLocalFlags() {
		p.head(message.New("Flags:"))
		p.flags(cmd, cmd.LocalFlags())
	}
	if cmd.HasAvailableInheritedFlags() {
		p.head(message.New("Global Flags:"))
		p.flags(cmd, cmd.InheritedFlags())
	}
	if cmd.HasAvailableSubCommands() {
		p.say("\n\n%s", message.New("Use \"%s [command] --help\" for more information about a command.", cmd.CommandPath()).In(p.language))
	}
	p.say("\n")
}

// useLine is the line that shows how a command is called; the names of its arguments
// are in the language of the page.
func (p page) useLine(cmd *cobra.Command) string {
	line, flags := strings.CutSuffix(cmd.UseLine(), " [flags]")
	if _, args, ok := strings.Cut(cmd.Use, " "); ok {
		line = strings.TrimSuffix(line, args) + p.text(args)
	}
	if flags {
		line += " " + message.New("[flags]").In(p.language)
	}
	return line
}

// flags prints the flags of a command, one a line.
func (p page) flags(cmd *cobra.Command, set *pflag.FlagSet) {
	shown := pflag.NewFlagSet("", pflag.ContinueOnError)
	shown.SortFlags = set.SortFlags
	set.VisitAll(func(f *pflag.Flag) {
		one := *f
		if one.Usage = p.text(f.Usage); f.Name == "help" {
			one.Usage = message.New("help for %s", cmd.Name()).In(p.language)
		}
		if strings.Contains(f.Usage, "(default") { // it says more than the value
			one.DefValue = zeroValue[f.Value.Type()]
		}
		shown.AddFlag(&one)
	})
	for line := range strings.Lines(shown.FlagUsages()) {
		p.say("\n%s", p.flagLine(strings.TrimRight(line, " \n")))
	}
}

// zeroValue are the texts of default values that the library does not show.
var zeroValue = map[string]string{"int": "0", "bool": "false", "duration": "0s"}

// typed is a line of a flag that takes a value, up to the type of the value.
var typed = regexp.MustCompile(`^( +(?:-\w, )?--[\w-]+ )(\w+)( {2,}.*)$`)

// flagLine puts the words of the library in the line of a flag into the language of
// the page: the type of the value, and that it is the default.
func (p page) flagLine(line string) string {
	if p.language != message.Chinese {
		return line
	}
	if m := typed.FindStringSubmatch(line); m != nil {
		if word, ok := types[m[2]]; ok {
			said := word.In(p.language)
			gap := len(m[3]) - len(strings.TrimLeft(m[3], " ")) + runewidth.StringWidth(m[2]) - runewidth.StringWidth(said)
			line = m[1] + said + strings.Repeat(" ", gap) + strings.TrimLeft(m[3], " ")
		}
	}
	return strings.Replace(line, "(default ", "("+message.New("default").In(p.language)+" ", 1)
}

// types are the words of the library for the types of values.
var types = map[string]message.Text{
	"string": message.New("string"), "strings": message.New("strings"), "int": message.New("int"), "float": message.New("float"),
	"duration": message.New("duration"), "uint": message.New("uint"),
}
