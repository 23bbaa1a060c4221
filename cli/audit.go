package cli

import (
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
	var head, key, file string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that no entry was changed, removed or inserted, and print the head",
		Long: `Check that no entry of the audit log was changed, removed or inserted, that its end
was not cut off, and that all of it was written by this program, by its signatures
and its seal. Print the head (how many entries there are, and the hash of the last
one) and the public key of the seal.

Note both in another place. --head checks that the log still contains a head, and
--public-key that the log is signed with that key, so that a copy of the log and the
seal from an earlier day, or a new pair, is noticed too. With --public-key an archived
log is verified without its seal.`,
		Example: `  liantu audit verify
  liantu audit verify --log archive/audit-2026.jsonl --public-key ed25519:KEY`,
		Args:        help.NoArgs,
		Annotations: mayDo(schema.MayManage),
		RunE: func(*cobra.Command, []string) error {
			path, log := e.settings.Access.Audit, e.log()
			if file != "" {
				path, log = file, access.OpenLog(file)
			}
			found := head == ""
			verified, err := log.Check(key, func(entry access.Entry) error {
				found = found || entry.Hash == head
				return nil
			})
			if err != nil {
				return message.Errorf("%s: %w", path, err)
			}
			if !found {
				return message.As(access.ErrTampered, "%s: the head %q is not in it: entries were cut off", path, head)
			}
			return show.Verified(e.terminal(), verified)
		},
	}
	cmd.Flags().StringVar(&head, "head", "", "a head noted earlier, which must be in the log")
	cmd.Flags().StringVar(&key, "public-key", "", "the public key noted earlier, with which the log must be signed")
	cmd.Flags().StringVar(&file, "log", "", "verify this log, with the seal beside it if there is one (default the setting access.audit)")
	return cmd
}

func newAuditShow(e *env) *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "show", Short: "Print the newest entries, verified", Args: help.NoArgs, Annotations: mayDo(schema.MayManage),
		RunE: func(cmd *cobra.Command, _ []string) error {
			entries := []access.Entry{}
			err := e.log().Entries(func(entry access.Entry) error {
				if entries = append(entries, entry); len(entries) > max(limit, 1) {
					entries = entries[1:]
				}
				return nil
			})
			if err != nil {
				return message.Errorf("%s: %w", e.settings.Access.Audit, err)
			}
			return e.print(cmd, show.Answer{Table: show.Audit(entries), Record: func() any { return entries }})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 50, "how many entries")
	addForm(cmd, "审计记录", "audit")
	return cmd
}
