package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/access"
	"liantu/api/disclosure"
	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/erasure"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/loaders/names"
	"liantu/message"
	"liantu/schema"
)

// newPerson groups the commands about persons.
func newPerson(e *env) *cobra.Command {
	return newGroup("person", "Forget a person on request, and prove it", newPersonForget(e))
}

// forgetting is what the command is asked for.
type forgetting struct {
	person, by, reason string
	scan               []string // further files and folders to search
	dryRun             bool
}

func newPersonForget(e *env) *cobra.Command {
	var f forgetting
	cmd := &cobra.Command{
		Use:   "forget PERSON --reason WHY",
		Short: "Remove a person from the graph and from all that was loaded, for good, and search for what is left",
		Long: `Remove a person, named by code or id, with all ties: from the graph, from search and
from the statements of every load, so that no undo brings the person back. The graph
file is rewritten without what was removed. All other statements of these loads stay.
A tombstone remains that states when, by whom and why, and nothing about the person;
while it is there, a load leaves the person out (E_FORGOTTEN), except with
--lift-forgotten.

Then everything is searched for every personal value: the graph, the statements of loads,
the files of the store, users and the audit log, and what --scan names, such as
folders of exports. The exit code is 0 when nothing is left, else 1.

A server notices within its interval of refresh.`,
		Example: `  liantu person forget V003 --reason "asked by letter of 2026-11-20" --dry-run
  liantu person forget V003 --reason "asked by letter of 2026-11-20" --scan exports/`,
		Args:        help.ExactArgs(1),
		Annotations: mayDo(schema.MaySteward),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.person = args[0]
			if strings.TrimSpace(f.reason) == "" {
				return hint(message.Errorf("--reason is missing"), schema.Text{
					Zh: "用 --reason 写明依据，例如来函日期；不要写出本人的任何信息", En: "give the --reason, such as the day of a letter; state nothing about the person",
				})
			}
			return service.WithStore(cmd.Context(), &e.settings, func(store graph.Store) error { return e.forget(cmd, store, f) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.reason, "reason", "", "why, for the record and the tombstone, without anything about the person (required)")
	flags.StringVar(&f.by, "by", osUser(), "who asks for it")
	flags.StringSliceVar(&f.scan, "scan", nil, "further files and folders to search, such as exports")
	flags.BoolVar(&f.dryRun, "dry-run", false, "search only, and remove nothing")
	addForm(cmd, "person forget", "person forget")
	return cmd
}

// subject is a person with all that is known of it.
type subject struct {
	node    *graph.Node
	edges   []*graph.Edge
	values  []*erasure.Value
	leftOut int
}

// forget removes a person and searches for what is left.
func (e *env) forget(cmd *cobra.Command, store graph.Store, f forgetting) error {
	ctx := cmd.Context()
	if f.dryRun {
		if err := e.log().Append(service.Tried(e.entry(schema.RoleSteward, access.Forget, "forget a person"))); err != nil {
			return err
		}
	}
	s, err := findPerson(ctx, store, f.person)
	if errors.Is(err, graph.ErrNotFound) {
		return e.refuseForgetting(err, "no such person")
	}
	if err != nil {
		return err
	}
	if erasure.Mentions(s.values, f.reason) || erasure.Mentions(s.values, f.by) {
		err := message.As(graph.ErrInvalid, "--reason or --by repeats something personal, which would stay in the tombstone and on record")
		return e.refuseForgetting(err, "what was written repeats something personal")
	}
	picture, err := projection.Build(ctx, schema.Default(), store)
	if err != nil {
		return err
	}
	f.reason, f.by = disclosure.MaskNote(picture, f.reason), disclosure.MaskNote(picture, f.by)
	var done graph.Forgotten
	if !f.dryRun {
		if done, err = e.forgetOnRecord(ctx, store, s, f); err != nil {
			return err
		}
	}
	report, err := e.search(ctx, store, s, f)
	if err != nil {
		return err
	}
	files, err := filesOf(ctx, store, done.Loads)
	if err != nil {
		return err
	}
	if err := e.print(cmd, e.forgotten(s, done, report, files, f.dryRun)); err != nil {
		return err
	}
	if !f.dryRun && report.Left > 0 {
		return hint(message.Errorf("%d traces of the person are left, see above", report.Left), schema.Text{
			Zh: "请删除或改写上列文件与文字；审计记录不能改写，只能封存",
			En: "delete or rewrite the files and texts above; the audit log cannot be rewritten, only archived",
		})
	}
	return nil
}

// refuseForgetting records that a person is not forgotten, and why, without a value: what
// the refusal says of a value that was tried must be on record, or it is not said.
func (e *env) refuseForgetting(refusal error, why string) error {
	if err := e.log().Append(e.entry(schema.RoleSteward, access.Denied, "forget a person: "+why)); err != nil {
		return err
	}
	return refusal
}

// forgetOnRecord records the request, removes the person, and records the removal,
// by the salted hash that the tombstone has for an id.
func (e *env) forgetOnRecord(ctx context.Context, store graph.Store, s *subject, f forgetting) (done graph.Forgotten, err error) {
	entry := e.entry(schema.RoleSteward, access.Forget, "forget a person, asked for by "+f.by)
	entry.Count, entry.Purpose = 1, f.reason
	err = e.log().Do(entry, func(outcome *access.Entry) (err error) {
		done, err = store.Forget(ctx, graph.Forgetting{Key: graph.IDKey(s.node.ID), By: f.by, Reason: f.reason, At: time.Now()})
		if done.Tombstone.ID != "" {
			outcome.IDs, outcome.Version = []string{done.Tombstone.ID}, int64(done.Version)
		}
		return err
	})
	return done, err
}

// findPerson finds a person by code or id.
func findPerson(ctx context.Context, store graph.Store, text string) (*subject, error) {
	kind := schema.Default().Node(projection.Person)
	keys := append(graph.KeysOf(kind, map[string]any{"code": text}), graph.IDKey(graph.ID(text)))
	namer, err := store.Namer(ctx)
	if err != nil {
		return nil, err
	}
	if alias, ok := namer.Alias(graph.IDKey(graph.ID(text))); ok {
		keys = append(keys, alias)
	}
	s := &subject{}
	_, err = store.Changes(ctx, 0, func(c graph.Change) error {
		if n := c.Node; n != nil && n.Kind == kind.Name && (string(n.ID) == text || slices.ContainsFunc(n.Keys, func(k graph.Key) bool { return slices.Contains(keys, k) })) {
			s.node = n
		}
		if e := c.Edge; e != nil && s.node != nil && (e.From == s.node.ID || e.To == s.node.ID) {
			s.edges = append(s.edges, e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if s.node == nil {
		return nil, unknownPerson(ctx, store, keys)
	}
	s.values, s.leftOut = erasure.Values(schema.Default(), s.node, s.edges)
	return s, nil
}

// unknownPerson is the error for a person who is not there, or no longer. It does
// not repeat the argument, which may be a name.
func unknownPerson(ctx context.Context, store graph.Store, keys []graph.Key) error {
	stones, err := store.Tombstones(ctx, keys)
	if err != nil {
		return err
	}
	for _, t := range stones {
		return hint(message.As(graph.ErrNotFound, "there is no such person"), schema.Text{
			Zh: fmt.Sprintf("此人已于 %s 应请求删除（%s）", t.At.Format(time.DateOnly), t.By),
			En: fmt.Sprintf("this person was forgotten on %s, asked for by %s", t.At.Format(time.DateOnly), t.By),
		})
	}
	return hint(message.As(graph.ErrNotFound, "there is no such person"), schema.Text{
		Zh: "请给出名册中的编号或标识（id），而不是姓名", En: "give the code in the roster or the id, not a name",
	})
}

// search searches everything for what is left of a person.
func (e *env) search(ctx context.Context, store graph.Store, s *subject, f forgetting) (erasure.Report, error) {
	scan := erasure.New(schema.Default(), s.node, s.values)
	if err := scan.Graph(ctx, store); err != nil {
		return erasure.Report{}, err
	}
	paths := append([]string{e.settings.Access.Users, e.settings.Access.Audit}, f.scan...)
	if e.settings.Store.Kind == "file" {
		paths = append([]string{e.settings.Store.Path}, paths...)
	}
	if err := scan.Files(ctx, paths...); err != nil {
		return erasure.Report{}, err
	}
	picture, err := projection.Build(ctx, schema.Default(), store)
	if err != nil {
		return erasure.Report{}, err
	}
	report := scan.Report()
	report.Scanned = append(report.Scanned, erasure.Scanned{Place: "the view and its search", Count: int64(picture.Order()), Unit: "nodes"})
	texts := []string{string(s.node.ID)}
	if code, ok := s.node.Get("code"); ok {
		texts = append(texts, fmt.Sprint(code))
	}
	for _, text := range texts {
		if _, err := picture.Lookup(text, projection.Person); err == nil {
			report.Found = append([]erasure.Trace{{Value: "Person (id or code)", Place: "the view and its search", Count: 1}}, report.Found...)
			report.Left++
		}
	}
	return report, nil
}

// filesOf names the files of loads, which still hold what was loaded.
func filesOf(ctx context.Context, store graph.Store, ids []string) ([]string, error) {
	loads, err := store.Loads(ctx)
	if err != nil {
		return nil, err
	}
	files := []string{}
	for _, l := range loads {
		if slices.Contains(ids, l.ID) && !names.Joins(l.ID) && !strings.HasPrefix(l.ID, "edit-") {
			files = append(files, l.Files...)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// forgotten shows what was removed, searched and found.
func (e *env) forgotten(s *subject, done graph.Forgotten, report erasure.Report, files []string, dryRun bool) show.Answer {
	t := &show.Table{Columns: []show.Column{
		{Name: "what", Head: schema.Text{Zh: "结果", En: "RESULT"}},
		{Name: "place", Head: schema.Text{Zh: "位置", En: "PLACE"}, Flex: true},
		{Name: "value", Head: schema.Text{Zh: "个人信息", En: "VALUE"}},
		{Name: "count", Head: schema.Text{Zh: "数量", En: "COUNT"}, Right: true},
		{Name: "unit", Head: schema.Text{Zh: "单位", En: "UNIT"}},
	}}
	for _, x := range report.Scanned {
		t.Add(e.label("searched", schema.Text{Zh: "已查", En: "searched"}), e.placeCell(x.Place), show.Word(""), show.Count(int(x.Count)), e.placeCell(x.Unit))
	}
	for _, x := range report.Found {
		what := e.label("left", schema.Text{Zh: "残留", En: "left"})
		if dryRun && !x.Shared {
			what = e.label("found", schema.Text{Zh: "存在", En: "found"})
		}
		if x.Shared {
			what = e.label("of others", schema.Text{Zh: "他人所有", En: "of others"})
		}
		t.Add(what, e.placeCell(x.Place), show.Word(x.Value), show.Count(x.Count), e.placeCell("places"))
	}
	value := struct {
		DryRun     bool             `json:"dryRun"`
		Version    graph.Version    `json:"version,omitempty"`
		Tombstone  *graph.Tombstone `json:"tombstone,omitempty"`
		Edges      int              `json:"edges"`
		Statements int              `json:"statements"`
		Files      []string         `json:"files"` // that it was loaded from
		LeftOut    int              `json:"valuesLeftOut"`
		erasure.Report
	}{DryRun: dryRun, Version: done.Version, Edges: len(s.edges), Statements: done.Drafts, Files: files, LeftOut: s.leftOut, Report: report}
	if !dryRun {
		value.Tombstone = &done.Tombstone
	}
	return show.Answer{Table: t, Record: func() any { return value }, Below: e.forgottenLines(s, done, report, files, dryRun)}
}

// forgottenLines sum up on the terminal.
func (e *env) forgottenLines(s *subject, done graph.Forgotten, report erasure.Report, files []string, dryRun bool) []string {
	lines := []string{e.text(schema.Text{
		Zh: fmt.Sprintf("检索了 %d 项个人信息；性别、籍贯、日期等人所共有的 %d 项不作检索", report.Values, s.leftOut),
		En: fmt.Sprintf("%d personal values searched for; %d that many people share, such as a region or a day, were not", report.Values, s.leftOut),
	})}
	if e.settings.Store.Kind != "file" {
		lines = append(lines, e.text(schema.Text{
			Zh: "数据库服务器自身的文件与事务日志未检索，见 docs/neo4j.md",
			En: "the files and transaction logs of the database server were not searched; see docs/neo4j.md",
		}))
	}
	if len(files) > 0 {
		lines = append(lines, e.text(schema.Text{
			Zh: "导入时所用的文件不在检索之列，仍可能含此人：" + show.ShortFiles(files),
			En: "the files that were loaded may still hold the person, and were not searched: " + show.ShortFiles(files),
		}))
	}
	if dryRun {
		return append(lines, e.text(schema.Text{
			Zh: fmt.Sprintf("仅检索，未删除；将删除 1 人及 %d 条关系", len(s.edges)),
			En: fmt.Sprintf("searched only, nothing removed; the person and %d ties would go", len(s.edges)),
		}))
	}
	return append(lines, e.text(schema.Text{
		Zh: fmt.Sprintf("已删除 1 人、%d 条关系、%d 条导入陈述；删除标记 %s；残留 %d 处；版本 %d", done.Edges, done.Drafts, done.Tombstone.ID, report.Left, done.Version),
		En: fmt.Sprintf("removed: the person, %d ties, %d statements of loads; tombstone %s; %d traces left; version %d", done.Edges, done.Drafts, done.Tombstone.ID, report.Left, done.Version),
	}))
}

// placeWords are the Chinese words for the places and units of a search; files are
// named as they are.
var placeWords = map[string]string{
	"the graph": "图谱", "the ledger": "导入台账", "the list of loads": "导入批次清单", "the view and its search": "分析视图与检索",
	"elements": "个节点和关系", "statements": "条陈述", "loads": "个批次", "bytes": "字节", "nodes": "个节点", "places": "处",
}

// placeCell shows a place or unit in the language of the output; data keeps the
// English word. In "the graph: Person.name" only the first part is a place.
func (e *env) placeCell(place string) show.Cell {
	at, rest, parted := strings.Cut(place, ": ")
	zh, known := placeWords[at]
	if !known {
		return show.Word(place)
	}
	if parted {
		zh += "：" + rest
	}
	return e.label(place, schema.Text{Zh: zh, En: place})
}
