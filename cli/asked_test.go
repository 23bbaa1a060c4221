package cli

import (
	"testing"

	"github.com/spf13/cobra"
)

// TestCommandAsksAgain checks that the command in a workbook is one that the
// program takes: a switch without a word behind it, and names in quotes.
func TestCommandAsksAgain(t *testing.T) {
	var e env
	cmd := newGaps(&e)
	root := &cobra.Command{Use: "liantu"}
	root.AddCommand(cmd)
	err := cmd.ParseFlags([]string{"--region", "杭州", "--why", "--link", "O'Neill (a b)", "--limit", "0"})
	if err != nil {
		t.Fatal(err)
	}
	q := question{env: &e, cmd: cmd}
	const want = `liantu gaps --limit 0 --link 'O'\''Neill (a b)' --region 杭州 --why=true`
	if _, got := q.conditions(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
