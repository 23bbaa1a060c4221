package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/cli/help"
	"liantu/cli/show"
	"liantu/message"
	"liantu/schema"
)

// newAudit groups the commands about the audit log.
func newAudit(e *env) *cobra.Command {
	return newGroup("audit", "Read and verify the audit log of reveals, exports, changes and refusals", newAuditVerify(e), newAuditShow(e))
}

func newAuditVerify(e *env) *cobra.Command {
	var head string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that no entry was changed, removed or inserted, and print the head",
		Long: `Check that no entry of the audit log was changed, removed or inserted, and print its
head: how many entries there are, and the hash of the last one. Note the head in
another place; --head checks that the log still contains it, so that cutting off
the end is noticed too.`,
		Args:        help.NoArgs,
		Annotations: mayDo(schema.MayManage),
		RunE: func(*cobra.Command, []string) error {
			log := access.OpenLog(e.settings.Access.Audit)
			found := head == ""
			var last access.Head
			err := log.Entries(func(entry access.Entry) error {
				last = access.Head{Number: entry.Number, Hash: entry.Hash}
				found = found || entry.Hash == head
				return nil
			})
			if err != nil {
				return message.Errorf("%s: %w", e.settings.Access.Audit, err)
			}
			if !found {
				return message.As(access.ErrTampered, "%s: the head %q is not in it: entries were cut off", e.settings.Access.Audit, head)
			}
			_, err = fmt.Fprintf(e.stdout, "%d entries, head %s\n", last.Number, last.Hash)
			return err
		},
	}
	cmd.Flags().StringVar(&head, "head", "", "a head noted earlier, which must be in the log")
	return cmd
}

func newAuditShow(e *env) *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "show", Short: "Print the newest entries, verified", Args: help.NoArgs, Annotations: mayDo(schema.MayManage),
		RunE: func(cmd *cobra.Command, _ []string) error {
			entries := []access.Entry{}
			err := access.OpenLog(e.settings.Access.Audit).Entries(func(entry access.Entry) error {
				if entries = append(entries, entry); len(entries) > max(limit, 1) {
					entries = entries[1:]
				}
				return nil
			})
			if err != nil {
				return message.Errorf("%s: %w", e.settings.Access.Audit, err)
			}
			return e.print(cmd, show.Answer{Table: auditTable(entries), Record: func() any { return entries }})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 50, "how many entries")
	addForm(cmd, "审计记录", "audit")
	return cmd
}

func auditTable(entries []access.Entry) *show.Table {
	t := &show.Table{Columns: []show.Column{
		{Name: "number", Head: schema.Text{Zh: "序号", En: "NO"}, Right: true},
		{Name: "time", Head: schema.Text{Zh: "时间", En: "TIME"}},
		{Name: "who", Head: schema.Text{Zh: "何人", En: "WHO"}},
		{Name: "role", Head: schema.Text{Zh: "角色", En: "ROLE"}},
		{Name: "action", Head: schema.Text{Zh: "动作", En: "ACTION"}},
		{Name: "fields", Head: schema.Text{Zh: "字段", En: "FIELDS"}, Flex: true},
		{Name: "elements", Head: schema.Text{Zh: "条数", En: "ELEMENTS"}, Right: true},
		{Name: "purpose", Head: schema.Text{Zh: "用途", En: "PURPOSE"}, Flex: true},
		{Name: "detail", Head: schema.Text{Zh: "说明", En: "DETAIL"}, Flex: true},
	}}
	for _, e := range entries {
		t.Add(show.Count(int(e.Number)), show.Word(e.Time.Local().Format("2006-01-02 15:04:05")), show.Word(e.Who), show.Word(string(e.Role)), show.Word(string(e.Action)),
			show.Word(strings.Join(e.Fields, " ")), show.Count(max(e.Count, len(e.IDs))), show.Word(e.Purpose), show.Word(e.Detail))
	}
	return t
}
