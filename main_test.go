package main

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"liantu/cli"
)

// TestProgramIsWired asks the program for what only this package hands over.
func TestProgramIsWired(t *testing.T) {
	shipped, err := os.ReadFile("config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	before := version
	version = "v1.2.3"
	defer func() { version = before }()
	for command, want := range map[string]string{"version": "liantu v1.2.3\n", "config default": string(shipped)} {
		var out, errs bytes.Buffer
		code := cli.Run(t.Context(), program(), strings.Fields(command), &out, &errs)
		if code != 0 || out.String() != want {
			t.Errorf("liantu %s: exit code %d, output %.80q, errors %s", command, code, out.String(), errs.String())
		}
	}
	for _, language := range []string{"zh", "en"} {
		if found, err := fs.Glob(program().Files, "docs/queries/"+language+"/*.graphql"); err != nil || len(found) == 0 {
			t.Errorf("the program holds no queries in %s: %v", language, err)
		}
	}
}
