package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/schema"
)

// tokenEnv is the environment variable that stands for --token. It is better
// there, since flags show in lists of processes.
const tokenEnv = envPrefix + "TOKEN"

// need is what a command takes of a role that asks by a token: that it may ask a
// question of GraphQL, or has a right; nothing for what tells nothing of a graph.
type need struct {
	question string
	right    schema.Right
	never    bool // it is for whoever keeps the machine
}

// needs says by command what it takes. A command that is not in the table is
// refused to everybody who comes with a token.
var needs = map[string]need{
	"gaps": {question: "gaps"}, "candidates": {question: "candidates"}, "compare": {question: "compare"},
	"what-if": {question: "whatIf"}, "anchor": {question: "anchor"}, "ties": {question: "ties"},
	"changes": {question: "gaps"}, "quality": {question: "quality"}, "conflicts": {question: "quality"},
	"batches": {question: "batches"}, "introductions": {question: "introductions"},
	"match": {question: "match"}, "match need": {question: "match"}, "match needs": {question: "match"},
	"match plan": {question: "matchPlan"}, "match partners": {question: "match"},
	"match record": {right: schema.MaySteward}, // no scope is looked at here, as the mutation does
	"load":         {right: schema.MaySteward}, "undo": {right: schema.MaySteward}, "review": {right: schema.MaySteward},
	"person": {}, "person forget": {right: schema.MaySteward}, "check store": {right: schema.MaySteward},
	"users": {}, "users list": {right: schema.MayManage}, "users add": {right: schema.MayManage}, "users remove": {right: schema.MayManage},
	"users disable": {right: schema.MayManage}, "users enable": {right: schema.MayManage},
	"keys": {}, "keys list": {right: schema.MayManage}, "keys add": {right: schema.MayManage}, "keys revoke": {right: schema.MayManage},
	"audit": {}, "audit verify": {right: schema.MayManage}, "audit show": {right: schema.MayManage},
	"": {}, "check": {}, "check schema": {}, "config": {}, "config show": {}, "config default": {}, "version": {}, "help": {},
	"mapping": {}, "template": {}, "evaluate": {}, "evaluate entry": {}, "evaluate suppliers": {}, "evaluate products": {},
	"evaluate train": {}, "evaluate convert": {}, "evaluate intermediaries": {}, "evaluate services": {},
	"demo": {never: true}, "serve": {never: true}, "mcp": {never: true},
}

// commandName is a command as the table names it.
func commandName(cmd *cobra.Command) string {
	_, name, _ := strings.Cut(cmd.CommandPath(), " ")
	return name
}

// identify finds out who asks by --token or its environment variable, and
// refuses what the role may not do, which is put on record. Without a token the
// user of the machine asks, who can read the files anyway.
func (a *app) identify(cmd *cobra.Command) error {
	flag, err := cmd.Flags().GetString("token")
	if err != nil {
		return err
	}
	token := cmp.Or(flag, os.Getenv(tokenEnv))
	if token == "" {
		return nil
	}
	d, err := a.newDoors()
	if err != nil {
		return err
	}
	if d == nil {
		return hint(errors.New("--token: nobody is known by a token while access.mode is none"), schema.Text{
			Zh: "设置 access.mode: required 后，令牌才有意义", En: "a token has a meaning with access.mode: required",
		})
	}
	id, err := d.admit(cmd.Context(), token)
	if err != nil {
		return fmt.Errorf("--token: %w", err)
	}
	a.identity = id
	name, policy := commandName(cmd), id.Policy()
	n, listed := needs[name]
	if listed && !n.never && (n.question == "" || policy.MayAsk(n.question)) && (n.right == "" || policy.Has(n.right)) {
		return nil
	}
	err = a.log().Append(a.entry(id.Role, access.Denied, "command "+name))
	return errors.Join(hint(fmt.Errorf("%s: the role %s may not do this", name, id.Role), schema.Text{
		Zh: "各角色的权限见 docs/graphql.md", En: "docs/graphql.md tells what each role may do",
	}), err)
}

// log is the record of what was revealed, exported, changed and refused.
func (a *app) log() *access.Log { return access.OpenLog(a.cfg.Access.Audit) }

// entry begins an entry of the record: by the bearer of the token, else by the
// user of the machine in the role that the command takes.
func (a *app) entry(role schema.Role, action access.Action, detail string) access.Entry {
	if a.identity != nil {
		return access.Entry{Who: a.identity.Subject, Role: a.identity.Role, Action: action, Detail: detail}
	}
	return access.Entry{Who: osUser(), Role: role, Action: action, Detail: detail}
}

// recordExport puts on record that an answer is about to be written to a file,
// where a record is kept. It names the command and not what was asked, which may
// hold names.
func (a *app) recordExport(format string) error {
	if a.cfg.Access.Mode == accessNone {
		return nil
	}
	entry := a.entry(schema.RoleAnonymous, access.Export, commandName(a.asked)+" as "+format)
	if a.picture != nil {
		entry.Version = int64(a.picture.Version())
	}
	return a.log().Append(entry)
}
