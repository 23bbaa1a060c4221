package cli

import (
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"liantu/message"
)

// words are what may need another form in another language.
var words = regexp.MustCompile(`[A-Za-z]{2,}`)

// TestHelpIsInBothLanguages walks all commands: each of their texts has a Chinese form,
// and each Chinese form is of a text.
func TestHelpIsInBothLanguages(t *testing.T) {
	root := newRoot(&env{program: embedded(), stdout: io.Discard, stderr: io.Discard})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	texts := map[string]string{}
	walkCommands(root, func(cmd *cobra.Command) {
		_, args, _ := strings.Cut(cmd.Use, " ")
		for _, text := range []string{cmd.Short, cmd.Long, args} {
			texts[text] = cmd.CommandPath()
		}
		if strings.Contains(cmd.Example, "#") {
			texts[cmd.Example] = cmd.CommandPath()
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" {
				texts[f.Usage] = cmd.CommandPath() + " --" + f.Name
			}
		})
	})
	formats, err := message.Formats("help")
	if err != nil {
		t.Fatal(err)
	}
	for text, place := range texts {
		if _, ok := formats[text]; !ok && words.MatchString(text) {
			t.Errorf("%s: %q has no Chinese form", place, text)
		}
	}
	for text := range formats {
		if _, ok := texts[text]; !ok {
			t.Errorf("no command says %q", text)
		}
	}
}

func walkCommands(cmd *cobra.Command, do func(*cobra.Command)) {
	do(cmd)
	for _, sub := range cmd.Commands() {
		walkCommands(sub, do)
	}
}
