package help

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"liantu/message"
	"liantu/schema"
)

// UsageError is a command line that does not fit the commands.
type UsageError struct {
	Near []string // commands that may have been meant
	err  error
}

// Error returns the text in English.
func (e *UsageError) Error() string { return e.In(message.English) }

// In returns the text in a language.
func (e *UsageError) In(language message.Language) string { return message.Of(e.err, language) }

// Unwrap returns the error that the text states.
func (e *UsageError) Unwrap() error { return e.err }

func wrong(near []string, err error) error {
	return &UsageError{Near: near, err: err}
}

// DidYouMean is the hint with what may have been meant.
func DidYouMean(near []string) schema.Text {
	return schema.Text{Zh: "您要找的是否为：" + strings.Join(near, "、"), En: "did you mean " + strings.Join(near, ", ") + "?"}
}

// flagError states what is wrong with a flag.
func flagError(_ *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return wrong(nil, message.Errorf("unknown shorthand flag: %q in -%s", unknown.GetSpecifiedName()[:1], unknown.GetSpecifiedShortnames()))
	case errors.As(err, &unknown):
		return wrong(nil, message.Errorf("unknown flag: --%s", unknown.GetSpecifiedName()))
	case errors.As(err, &missing):
		return wrong(nil, message.Errorf("flag needs an argument: --%s", missing.GetFlag().Name))
	case errors.As(err, &invalid):
		return wrong(nil, message.Errorf("--%s: %q is not valid; it takes %s", invalid.GetFlag().Name, invalid.GetValue(), typeOf(invalid.GetFlag())))
	case errors.As(err, &syntax):
		return wrong(nil, message.Errorf("bad flag syntax: %s", syntax.GetSpecifiedFlag()))
	}
	return err
}

// typeOf states what a flag takes.
func typeOf(f *pflag.Flag) message.Text {
	switch f.Value.Type() {
	case "int", "uint", "int64":
		return message.New("a whole number")
	case "float64":
		return message.New("a number")
	case "bool":
		return message.New("true or false")
	case "duration":
		return message.New("a duration such as 30s or 5m")
	}
	return message.New("text")
}

// NoArgs refuses arguments; a word behind a command that only groups others is taken
// for a command that is not known.
func NoArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = min(2, max(1, len(args[0])/2)) // edits
	return wrong(cmd.SuggestionsFor(args[0]), message.Errorf("unknown command %q for %q", args[0], cmd.CommandPath()))
}

// ExactArgs wants so many arguments.
func ExactArgs(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		return wrong(nil, message.Errorf("accepts %d arg(s), received %d", n, len(args)))
	}
}

// MinimumNArgs wants so many arguments at least.
func MinimumNArgs(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) >= n {
			return nil
		}
		return wrong(nil, message.Errorf("requires at least %d arg(s), only received %d", n, len(args)))
	}
}

// MaximumNArgs wants so many arguments at most.
func MaximumNArgs(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) <= n {
			return nil
		}
		return wrong(nil, message.Errorf("accepts at most %d arg(s), received %d", n, len(args)))
	}
}

// The annotations of flags that go together.
const (
	oneNeeded = "liantu_one_needed"
	oneAtMost = "liantu_one_at_most"
)

// OneOf wants one of some flags, and no more of them.
func OneOf(cmd *cobra.Command, names ...string) {
	mark(cmd, oneNeeded, names)
	mark(cmd, oneAtMost, names)
}

// OneAtMost wants no two of some flags.
func OneAtMost(cmd *cobra.Command, names ...string) { mark(cmd, oneAtMost, names) }

func mark(cmd *cobra.Command, group string, names []string) {
	flag := cmd.Flags().Lookup(names[0])
	if flag.Annotations == nil {
		flag.Annotations = map[string][]string{}
	}
	flag.Annotations[group] = names
}

// Check checks the flags that go together.
func Check(cmd *cobra.Command) error {
	var fault error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		for _, group := range []string{oneNeeded, oneAtMost} {
			names, ok := f.Annotations[group]
			if !ok || fault != nil {
				continue
			}
			var given []string
			for _, name := range names {
				if cmd.Flags().Changed(name) {
					given = append(given, "--"+name)
				}
			}
			switch {
			case group == oneNeeded && len(given) == 0:
				fault = wrong(nil, message.Errorf("one of %s is needed", message.ListOf(dashed(names))))
			case group == oneAtMost && len(given) > 1:
				fault = wrong(nil, message.Errorf("only one of %s can be given", message.ListOf(given)))
			}
		}
	})
	return fault
}

func dashed(names []string) []string {
	return strings.Split("--"+strings.Join(names, " --"), " ")
}
