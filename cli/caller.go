package cli

import (
	"cmp"
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/cli/files"
	"liantu/cli/service"
	"liantu/cli/settings"
	"liantu/cli/show"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/schema"
)

// The annotations of a command that state what it requires of a caller with a
// token. Every command has one of them; a command without one is refused to every
// caller with a token.
const (
	takesQuestion = "takes question" // the role may ask this question of GraphQL
	takesRight    = "takes right"    // the role has this right
	takesNothing  = "takes nothing"  // the command reveals nothing of a graph
	takesMachine  = "takes machine"  // for the user of the machine, without a token
)

func takes(what, value string) map[string]string { return map[string]string{what: value} }

func mayAsk(question string) map[string]string   { return takes(takesQuestion, question) }
func mayDo(right schema.Right) map[string]string { return takes(takesRight, string(right)) }
func revealsNothing() map[string]string          { return takes(takesNothing, "") }
func localOnly() map[string]string               { return takes(takesMachine, "") }

// permits reports whether a policy permits a command.
func permits(policy *schema.RolePolicy, cmd *cobra.Command) bool {
	if question, ok := cmd.Annotations[takesQuestion]; ok {
		return policy.MayAsk(question)
	}
	if right, ok := cmd.Annotations[takesRight]; ok {
		return policy.Has(schema.Right(right))
	}
	_, open := cmd.Annotations[takesNothing]
	return open
}

// needsSettings is false for the commands that must work even with faulty
// settings, since they help to fix them.
func needsSettings(cmd *cobra.Command) bool {
	for c := cmd; c != nil; c = c.Parent() {
		switch c.Name() {
		case "version", "help", "completion", "default", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd:
			return false
		}
	}
	return true
}

// commandName is a command without the name of the program.
func commandName(cmd *cobra.Command) string {
	_, name, _ := strings.Cut(cmd.CommandPath(), " ")
	return name
}

// identify authenticates the caller by --token or its environment variable, and
// refuses what the role may not do, which is recorded. Without a token the
// caller is the user of the machine, who can read the files anyway.
func (e *env) identify(cmd *cobra.Command) error {
	flag, err := cmd.Flags().GetString("token")
	if err != nil {
		return err
	}
	token := cmp.Or(flag, os.Getenv(settings.TokenEnv))
	if token == "" {
		return nil
	}
	authenticator, err := service.NewAuthenticator(&e.settings.Access)
	if err != nil {
		return err
	}
	if authenticator == nil {
		return hint(message.Errorf("--token: no token is valid while access.mode is none"), schema.Text{
			Zh: "设置 access.mode: required 后，令牌才有意义", En: "a token has a meaning with access.mode: required",
		})
	}
	id, err := authenticator.Admit(cmd.Context(), token)
	if err != nil {
		return message.Errorf("--token: %w", err)
	}
	e.identity = id
	if permits(id.Policy(), cmd) {
		return nil
	}
	return e.refuse(cmd)
}

// refuse is the error of a command that the role of the caller may not use so, which
// is recorded.
func (e *env) refuse(cmd *cobra.Command) error {
	name, role := commandName(cmd), e.identity.Role
	err := e.log().Append(e.entry(role, access.Denied, "command "+name))
	return errors.Join(hint(message.Errorf("%s: the role %s may not do this", name, role), schema.Text{
		Zh: "各角色的权限见 docs/graphql.md", En: "docs/graphql.md lists what each role may do",
	}), err)
}

// log is the audit log of what was revealed, exported, changed and refused.
func (e *env) log() *access.Log { return e.settings.Access.Log() }

// entry begins an entry of the audit log: by the bearer of the token, else by the
// user of the machine in the role that the command takes.
func (e *env) entry(role schema.Role, action access.Action, detail string) access.Entry {
	if e.identity != nil {
		return access.Entry{Who: e.identity.Subject, Role: e.identity.Role, Action: action, Detail: detail}
	}
	return access.Entry{Who: osUser(), Role: role, Action: action, Detail: detail}
}

// change writes the graph for a command, on record where callers must authenticate.
// The text names the command and holds no value.
func (e *env) change(what string, do func(outcome *access.Entry) error) error {
	return service.OnRecord(&e.settings.Access, e.entry(schema.RoleSteward, access.Change, what), do)
}

// rehearse records a command with --dry-run, as change does the command itself.
func (e *env) rehearse(what string) error {
	return service.Rehearse(&e.settings.Access, e.entry(schema.RoleSteward, access.Change, what))
}

// recordFile enters in the audit log that a file is about to be written, in every mode
// of access: what cannot be recorded must not be written. The entry names the command
// and the form, not its arguments, which may hold names, and how many rows the file has
// where that is said.
func (e *env) recordFile(cmd *cobra.Command, form string, picture *projection.Projection, rows int) error {
	entry := e.entry(schema.RoleAnonymous, access.Export, commandName(cmd)+" as "+form)
	entry.Count = rows
	if picture != nil {
		entry.Version = int64(picture.Version())
	}
	return e.log().Append(entry)
}

// writeFile records a file and writes it, for the user of the machine alone.
func (e *env) writeFile(cmd *cobra.Command, form, name string, data []byte, rows int) error {
	if err := e.recordFile(cmd, form, nil, rows); err != nil {
		return err
	}
	return files.Write(name, data)
}

// writeScores writes rows below a line of heads to the file of --scores, if it is given.
func (e *env) writeScores(cmd *cobra.Command, name string, rows [][]string) error {
	if name == "" {
		return nil
	}
	data, err := show.CSV(rows)
	if err != nil {
		return err
	}
	return e.writeFile(cmd, "scores", name, data, len(rows)-1)
}

// writer makes a folder and returns what writes the files of a command into it.
func (e *env) writer(cmd *cobra.Command, folder string) (func(name string, data []byte) error, error) {
	return func(name string, data []byte) error {
		return e.writeFile(cmd, filepath.Base(name), name, data, 0)
	}, files.MakeFolder(folder)
}

// osUser names the user of the operating system who runs the program.
func osUser() string {
	u, err := user.Current()
	if err != nil {
		return "os:unknown"
	}
	return "os:" + u.Username
}
