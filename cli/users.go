package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/message"
	"liantu/schema"
)

// newUsers groups the commands about users.
func newUsers(e *env) *cobra.Command {
	return newGroup("users", "Manage users and their roles", newUsersList(e), newUserAdd(e),
		newUserChange(e, "remove NAME", "Remove a user with all keys", func(u *access.Users, name string) error { return u.Remove(name) }),
		newUserChange(e, "disable NAME", "Disable a user with all keys", func(u *access.Users, name string) error { return u.Disable(name, true) }),
		newUserChange(e, "enable NAME", "Let a disabled user in again", func(u *access.Users, name string) error { return u.Disable(name, false) }),
	)
}

func newUsersList(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "List the users, their roles and scopes", Args: help.NoArgs, Annotations: mayDo(schema.MayManage),
		RunE: func(cmd *cobra.Command, _ []string) error { return e.listUsers(cmd) },
	}
	addForm(cmd, "用户清单", "users")
	return cmd
}

func newUserAdd(e *env) *cobra.Command {
	var role string
	var scope access.Scope
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Add a user; \"liantu keys add\" makes its key",
		Long: `Add a user with a role:

` + roleList() + `
A strategist needs --regions and --ecosystems, an intermediary --intermediary.`,
		Example: `  liantu users add li --role strategist --regions 330100 --ecosystems aiot,biomed
  liantu users add wang --role steward
  liantu users add tianche --role intermediary --intermediary 浙江天册律师事务所`,
		Args:        help.ExactArgs(1),
		Annotations: mayDo(schema.MayManage),
		RunE: func(_ *cobra.Command, args []string) error {
			regions := make([]string, 0, len(scope.Regions))
			for _, text := range scope.Regions {
				code, err := schema.ParseRegion(text)
				if err != nil {
					return err
				}
				regions = append(regions, code)
			}
			scope.Regions = regions
			return e.manage("add user "+access.Nameable(args[0])+" as "+access.Nameable(role), func(u *access.Users, _ *access.Entry) error {
				return u.Add(args[0], schema.Role(role), scope)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&role, "role", "viewer", "role of the user: viewer, intermediary, strategist, steward or admin")
	flags.StringSliceVar(&scope.Regions, "regions", nil, "regions of a strategist, by code or name; 100000 is the country")
	flags.StringSliceVar(&scope.Ecosystems, "ecosystems", nil, "ecosystems of a strategist, by code; * for all")
	flags.StringVar(&scope.Intermediary, "intermediary", "", "the intermediary that the user is, by name or id")
	return cmd
}

// roleList lists the roles that a user can have.
func roleList() string {
	var b strings.Builder
	for _, r := range schema.DefaultPolicy().Roles {
		if r.Name != schema.RoleAnonymous {
			fmt.Fprintf(&b, "  %-13s %s\n", r.Name, r.Description.En)
		}
	}
	return b.String()
}

// newUserChange is a command that changes one user.
func newUserChange(e *env, use, short string, change func(u *access.Users, name string) error) *cobra.Command {
	verb, _, _ := strings.Cut(use, " ")
	return &cobra.Command{
		Use: use, Short: short, Args: help.ExactArgs(1), Annotations: mayDo(schema.MayManage),
		RunE: func(_ *cobra.Command, args []string) error {
			return e.manage(verb+" user "+access.Nameable(args[0]), func(u *access.Users, _ *access.Entry) error { return change(u, args[0]) })
		},
	}
}

// manage changes the users, and records before that it is about to, and after that
// how it went; the change may complete the entry of the outcome.
func (e *env) manage(what string, change func(u *access.Users, outcome *access.Entry) error) error {
	users, err := access.OpenUsers(e.settings.Access.Users)
	if err != nil {
		return err
	}
	return e.log().Do(e.entry(schema.RoleAdmin, access.Manage, what), func(outcome *access.Entry) error { return change(users, outcome) })
}

func (e *env) listUsers(cmd *cobra.Command) error {
	users, err := access.OpenUsers(e.settings.Access.Users)
	if err != nil {
		return err
	}
	list, err := users.List()
	if err != nil {
		return err
	}
	t := &show.Table{Columns: []show.Column{
		{Name: "name", Head: schema.Text{Zh: "用户", En: "USER"}},
		{Name: "role", Head: schema.Text{Zh: "角色", En: "ROLE"}},
		{Name: "scope", Head: schema.Text{Zh: "范围", En: "SCOPE"}},
		{Name: "keys", Head: schema.Text{Zh: "有效密钥", En: "LIVE KEYS"}, Right: true},
		{Name: "created", Head: schema.Text{Zh: "创建", En: "CREATED"}},
		{Name: "disabled", Head: schema.Text{Zh: "停用", En: "DISABLED"}},
	}}
	now := time.Now()
	for _, u := range list {
		live := 0
		for _, k := range u.Keys {
			if k.Live(now) {
				live++
			}
		}
		role := e.label(string(u.Role), schema.DefaultPolicy().Role(u.Role).Label)
		t.Add(show.Word(u.Name), role, show.Word(scopeText(u.Scope)), show.Count(live), show.Word(day(u.Created)), e.yes(u.Disabled))
	}
	for i := range list {
		list[i].Keys = nil // hashes are of no use to a reader
	}
	return e.print(cmd, show.Answer{Table: t, Record: func() any { return list }})
}

// scopeText writes a scope as one text.
func scopeText(s access.Scope) string {
	if s.Intermediary != "" {
		return s.Intermediary
	}
	var parts []string
	for _, code := range s.Regions {
		name := code
		if r, ok := schema.RegionByCode(code); ok {
			name = code + " " + r.Name
		}
		parts = append(parts, name)
	}
	return strings.Join(append(parts, s.Ecosystems...), ", ")
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(time.DateOnly)
}

// yes is a cell of a switch, empty when it is off.
func (e *env) yes(on bool) show.Cell {
	if !on {
		return show.Pair("false", "")
	}
	return e.label("true", schema.Text{Zh: "是", En: "yes"})
}

// newKeys groups the commands about API keys.
func newKeys(e *env) *cobra.Command {
	return newGroup("keys", "Make and revoke the API keys of users", newKeysList(e), newKeyAdd(e), newKeyRevoke(e))
}

func newKeysList(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list [USER]", Short: "List the keys, by the prefix that names each", Args: help.MaximumNArgs(1),
		Annotations: mayDo(schema.MayManage),
		RunE:        func(cmd *cobra.Command, args []string) error { return e.listKeys(cmd, append(args, "")[0]) },
	}
	addForm(cmd, "密钥清单", "keys")
	return cmd
}

func newKeyRevoke(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "revoke PREFIX", Short: "Revoke a key; running servers notice within a second", Args: help.ExactArgs(1),
		Annotations: mayDo(schema.MayManage),
		RunE: func(_ *cobra.Command, args []string) error {
			return e.manage("revoke key "+access.Nameable(args[0]), func(u *access.Users, _ *access.Entry) error { return u.Revoke(args[0]) })
		},
	}
}

func newKeyAdd(e *env) *cobra.Command {
	var label string
	var days int
	cmd := &cobra.Command{
		Use:   "add USER",
		Short: "Make a key and print it once",
		Long: `Make a key and print it, once: only its hash is stored. A client sends it as
"Authorization: Bearer KEY".`,
		Args:        help.ExactArgs(1),
		Annotations: mayDo(schema.MayManage),
		RunE: func(_ *cobra.Command, args []string) error {
			if days < 0 {
				return message.As(access.ErrInvalid, "--days: %d is below zero", days)
			}
			var expires time.Time
			if days > 0 {
				expires = time.Now().AddDate(0, 0, days)
			}
			var text string
			err := e.manage("add key for "+access.Nameable(args[0]), func(u *access.Users, made *access.Entry) error {
				plain, key, err := u.NewKey(args[0], label, expires)
				if text = plain; err == nil {
					made.IDs = []string{key.Prefix}
				}
				return err
			})
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(e.stdout, text)
			return err
		},
	}
	cmd.Flags().StringVar(&label, "label", "", "what the key is for")
	cmd.Flags().IntVar(&days, "days", 365, "days until it expires; 0 for never")
	return cmd
}

func (e *env) listKeys(cmd *cobra.Command, of string) error {
	users, err := access.OpenUsers(e.settings.Access.Users)
	if err != nil {
		return err
	}
	list, err := users.List()
	if err != nil {
		return err
	}
	type row struct {
		User string `json:"user"`
		access.Key
		State string `json:"state"`
	}
	states := map[string]schema.Text{
		"live": {Zh: "有效", En: "live"}, "expired": {Zh: "已过期", En: "expired"}, "revoked": {Zh: "已撤销", En: "revoked"},
	}
	t := &show.Table{Columns: []show.Column{
		{Name: "prefix", Head: schema.Text{Zh: "密钥", En: "KEY"}},
		{Name: "user", Head: schema.Text{Zh: "用户", En: "USER"}},
		{Name: "label", Head: schema.Text{Zh: "用途", En: "FOR"}},
		{Name: "created", Head: schema.Text{Zh: "创建", En: "CREATED"}},
		{Name: "expires", Head: schema.Text{Zh: "到期", En: "EXPIRES"}},
		{Name: "state", Head: schema.Text{Zh: "状态", En: "STATE"}},
	}}
	rows := []row{}
	for _, u := range list {
		if of != "" && u.Name != of {
			continue
		}
		for _, k := range u.Keys {
			state := cmp.Or(map[bool]string{!k.Revoked.IsZero(): "revoked"}[true], map[bool]string{!k.Live(time.Now()): "expired"}[true], "live")
			k.Hash = ""
			rows = append(rows, row{u.Name, k, state})
			t.Add(show.Word(k.Prefix), show.Word(u.Name), show.Word(k.Label), show.Word(day(k.Created)), show.Word(day(k.Expires)), e.label(state, states[state]))
		}
	}
	return e.print(cmd, show.Answer{Table: t, Record: func() any { return rows }})
}
