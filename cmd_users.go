package main

import (
	"cmp"
	"fmt"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/schema"
)

// newUsers groups the commands about who may ask.
func newUsers(a *app) *cobra.Command {
	parent := &cobra.Command{
		Use:   "users",
		Short: "Say who may ask, and in which role",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	list := &cobra.Command{
		Use: "list", Short: "List the users, their roles and scopes", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listUsers(cmd) },
	}
	addFormatFlag(list)
	parent.AddCommand(list, newUserAdd(a),
		a.userChange("remove NAME", "Remove a user with all keys", func(u *access.Users, name string) error { return u.Remove(name) }),
		a.userChange("disable NAME", "Keep a user out with all keys", func(u *access.Users, name string) error { return u.Disable(name, true) }),
		a.userChange("enable NAME", "Let a disabled user in again", func(u *access.Users, name string) error { return u.Disable(name, false) }),
	)
	return parent
}

func newUserAdd(a *app) *cobra.Command {
	var role string
	var scope access.Scope
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Make a user; \"liantu keys add\" then gives it a key",
		Long: `Make a user with a role:

` + roleList() + `
A strategist needs --regions and --ecosystems, an intermediary --intermediary.`,
		Example: `  liantu users add li --role strategist --regions 330100 --ecosystems aiot,biomed
  liantu users add wang --role steward
  liantu users add tianche --role intermediary --intermediary 浙江天册律师事务所`,
		Args: cobra.ExactArgs(1),
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
			return a.manage("add user "+args[0]+" as "+role, func(u *access.Users) error {
				return u.Add(args[0], schema.Role(role), scope)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&role, "role", "viewer", "what the user is: viewer, intermediary, strategist, steward or admin")
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

// userChange is a command that changes one user.
func (a *app) userChange(use, short string, change func(u *access.Users, name string) error) *cobra.Command {
	verb, _, _ := strings.Cut(use, " ")
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.manage(verb+" user "+args[0], func(u *access.Users) error { return change(u, args[0]) })
		},
	}
}

// manage changes the users and puts that on record.
func (a *app) manage(what string, change func(u *access.Users) error) error {
	users, err := access.OpenUsers(a.cfg.Access.Users)
	if err != nil {
		return err
	}
	if err := change(users); err != nil {
		return err
	}
	return a.log().Append(a.entry(schema.RoleAdmin, access.Manage, what))
}

// osUser names who runs the program, as the system knows them.
func osUser() string {
	u, err := user.Current()
	if err != nil {
		return "os:unknown"
	}
	return "os:" + u.Username
}

func (a *app) listUsers(cmd *cobra.Command) error {
	users, err := access.OpenUsers(a.cfg.Access.Users)
	if err != nil {
		return err
	}
	list, err := users.List()
	if err != nil {
		return err
	}
	t := &table{columns: []column{
		{name: "name", head: schema.Text{Zh: "用户", En: "USER"}},
		{name: "role", head: schema.Text{Zh: "角色", En: "ROLE"}},
		{name: "scope", head: schema.Text{Zh: "范围", En: "SCOPE"}},
		{name: "keys", head: schema.Text{Zh: "有效密钥", En: "LIVE KEYS"}, right: true},
		{name: "created", head: schema.Text{Zh: "创建", En: "CREATED"}},
		{name: "disabled", head: schema.Text{Zh: "停用", En: "DISABLED"}},
	}}
	now := time.Now()
	for _, u := range list {
		live := 0
		for _, k := range u.Keys {
			if k.Live(now) {
				live++
			}
		}
		role := cell{string(u.Role), a.text(schema.DefaultPolicy().Role(u.Role).Label)}
		t.add(word(u.Name), role, word(scopeText(u.Scope)), count(live), word(day(u.Created)), a.yes(u.Disabled))
	}
	for i := range list {
		list[i].Keys = nil // hashes help nobody
	}
	return a.print(cmd, t, list)
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
func (a *app) yes(on bool) cell {
	if !on {
		return cell{"false", ""}
	}
	return cell{"true", a.text(schema.Text{Zh: "是", En: "yes"})}
}

// newKeys groups the commands about API keys.
func newKeys(a *app) *cobra.Command {
	parent := &cobra.Command{
		Use:   "keys",
		Short: "Give users API keys, and take them back",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	list := &cobra.Command{
		Use: "list [USER]", Short: "List the keys, by the prefix that names each", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.listKeys(cmd, append(args, "")[0]) },
	}
	addFormatFlag(list)
	parent.AddCommand(list, newKeyAdd(a),
		&cobra.Command{
			Use: "revoke PREFIX", Short: "End a key; running servers notice within a second", Args: cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error {
				return a.manage("revoke key "+args[0], func(u *access.Users) error { return u.Revoke(args[0]) })
			},
		})
	return parent
}

func newKeyAdd(a *app) *cobra.Command {
	var label string
	var days int
	cmd := &cobra.Command{
		Use:   "add USER",
		Short: "Make a key and print it, this once",
		Long: `Make a key and print it, this once: only its hash is kept. A client sends it as
"Authorization: Bearer KEY".`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if days < 0 {
				return fmt.Errorf("--days: %d is below zero: %w", days, access.ErrInvalid)
			}
			var expires time.Time
			if days > 0 {
				expires = time.Now().AddDate(0, 0, days)
			}
			var text string
			err := a.manage("add key for "+args[0], func(u *access.Users) (err error) {
				text, _, err = u.NewKey(args[0], label, expires)
				return err
			})
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.stdout, text)
			return err
		},
	}
	cmd.Flags().StringVar(&label, "label", "", "what the key is for")
	cmd.Flags().IntVar(&days, "days", 365, "days until it expires; 0 for never")
	return cmd
}

func (a *app) listKeys(cmd *cobra.Command, of string) error {
	users, err := access.OpenUsers(a.cfg.Access.Users)
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
	t := &table{columns: []column{
		{name: "prefix", head: schema.Text{Zh: "密钥", En: "KEY"}},
		{name: "user", head: schema.Text{Zh: "用户", En: "USER"}},
		{name: "label", head: schema.Text{Zh: "用途", En: "FOR"}},
		{name: "created", head: schema.Text{Zh: "创建", En: "CREATED"}},
		{name: "expires", head: schema.Text{Zh: "到期", En: "EXPIRES"}},
		{name: "state", head: schema.Text{Zh: "状态", En: "STATE"}},
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
			t.add(word(k.Prefix), word(u.Name), word(k.Label), word(day(k.Created)), word(day(k.Expires)), cell{state, a.text(states[state])})
		}
	}
	return a.print(cmd, t, rows)
}
