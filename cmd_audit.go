package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/schema"
)

// newAudit groups the commands about the record of what was revealed.
func newAudit(a *app) *cobra.Command {
	parent := &cobra.Command{
		Use:   "audit",
		Short: "Read the record of reveals, exports, changes and refusals, and prove it",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	parent.AddCommand(newAuditVerify(a), newAuditShow(a))
	return parent
}

func newAuditVerify(a *app) *cobra.Command {
	var head string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that no entry was changed, removed or put in, and print the head",
		Long: `Check that no entry of the audit log was changed, removed or put in, and print its
head: how many entries there are, and the hash of the last one. Note the head in
another place; --head checks that the log still contains it, so that cutting off
the end is noticed too.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			log := access.OpenLog(a.cfg.Access.Audit)
			found := head == ""
			var last access.Head
			err := log.Entries(func(e access.Entry) error {
				last = access.Head{Number: e.Number, Hash: e.Hash}
				found = found || e.Hash == head
				return nil
			})
			if err != nil {
				return fmt.Errorf("%s: %w", a.cfg.Access.Audit, err)
			}
			if !found {
				return fmt.Errorf("%s: the head %q is not in it: entries were cut off: %w", a.cfg.Access.Audit, head, access.ErrTampered)
			}
			_, err = fmt.Fprintf(a.stdout, "%d entries, head %s\n", last.Number, last.Hash)
			return err
		},
	}
	cmd.Flags().StringVar(&head, "head", "", "a head noted earlier, which must be in the log")
	return cmd
}

func newAuditShow(a *app) *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "show", Short: "Print the newest entries, verified", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			entries := []access.Entry{}
			err := access.OpenLog(a.cfg.Access.Audit).Entries(func(e access.Entry) error {
				if entries = append(entries, e); len(entries) > max(limit, 1) {
					entries = entries[1:]
				}
				return nil
			})
			if err != nil {
				return fmt.Errorf("%s: %w", a.cfg.Access.Audit, err)
			}
			return a.print(cmd, auditTable(entries), entries)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 50, "how many entries")
	addFormatFlag(cmd)
	return cmd
}

func auditTable(entries []access.Entry) *table {
	t := &table{columns: []column{
		{name: "number", head: schema.Text{Zh: "序号", En: "NO"}, right: true},
		{name: "time", head: schema.Text{Zh: "时间", En: "TIME"}},
		{name: "who", head: schema.Text{Zh: "何人", En: "WHO"}},
		{name: "role", head: schema.Text{Zh: "角色", En: "ROLE"}},
		{name: "action", head: schema.Text{Zh: "动作", En: "ACTION"}},
		{name: "fields", head: schema.Text{Zh: "字段", En: "FIELDS"}, flex: true},
		{name: "elements", head: schema.Text{Zh: "条数", En: "ELEMENTS"}, right: true},
		{name: "purpose", head: schema.Text{Zh: "用途", En: "PURPOSE"}, flex: true},
		{name: "detail", head: schema.Text{Zh: "说明", En: "DETAIL"}, flex: true},
	}}
	for _, e := range entries {
		t.add(count(int(e.Number)), word(e.Time.Local().Format("2006-01-02 15:04:05")), word(e.Who), word(string(e.Role)), word(string(e.Action)),
			word(strings.Join(e.Fields, " ")), count(max(e.Count, len(e.IDs))), word(e.Purpose), word(e.Detail))
	}
	return t
}
