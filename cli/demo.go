package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/cli/service"
	"liantu/cli/show"
	"liantu/examples/zhejiang"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/message"
	"liantu/schema"
)

// queries returns the texts of the queries of a language in the order of their
// files.
func (p *Program) queries(language show.Language) ([]string, error) {
	names, err := fs.Glob(p.Files, path.Join("docs/queries", string(language), "*.graphql"))
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(names))
	for i, name := range names {
		text, err := fs.ReadFile(p.Files, name)
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
	}
	return texts, nil
}

// demoRegions are the regions that the demo shows.
var demoRegions = []string{"330100", "330000"}

func newDemo(e *env) *cobra.Command {
	var once, open bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show the sample pack: the gaps of Hangzhou and Zhejiang, three queries, then serve it",
		Long: `Load the sample pack into a store that is thrown away at the end, print the gaps
of the five ecosystems for Hangzhou and for Zhejiang, ask three GraphQL queries and
print their answers, then serve until interrupted. With --once it does not serve.`,
		Args:        help.NoArgs,
		Annotations: localOnly(),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if once && open {
				return message.Errorf("--open: with --once nothing is served that a browser could open")
			}
			config := e.service()
			config.Open = open
			if once {
				config.Settings.Server.Listen = "127.0.0.1:0"
			}
			if config.Settings.Log.Level == "info" {
				config.Settings.Log.Level = "warn" // a line for each request would appear between the tables
			}
			listener, err := service.Listen(cmd.Context(), config.Settings.Server.Listen)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, service.CloseQuietly(listener)) }()
			store, err := service.ThrowAway(graph.Secret{})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			return e.demo(cmd.Context(), config, store, listener, once)
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "print and exit")
	addListen(cmd, "host and port to listen on; port 0 takes any free one")
	addOpen(cmd, &open)
	return cmd
}

func (e *env) demo(ctx context.Context, config service.Config, store graph.Store, listener net.Listener, once bool) error {
	if err := e.loadSample(ctx, store); err != nil {
		return err
	}
	return service.ServeDemo(ctx, config, store, listener, func(running *service.Service) (goOn bool, err error) {
		for _, region := range demoRegions {
			if err := e.showRegion(ctx, running.Picture(), region); err != nil {
				return false, err
			}
		}
		if err := e.askQueries(ctx, "http://"+listener.Addr().String()+"/graphql"); err != nil || once {
			return false, err
		}
		running.Announce(ctx, listener)
		return true, nil
	})
}

func (e *env) loadSample(ctx context.Context, store graph.Store) error {
	fmt.Fprintln(e.stdout, e.text(schema.Text{
		Zh: "链图：正在把样例数据导入临时图谱……",
		En: "Liantu: loading the sample pack into a temporary graph …",
	}))
	bar := show.NewProgressBar(e.stderr)
	report, err := loaders.Load(ctx, loaders.Options{Store: store, FS: zhejiang.FS(), Progress: bar.Show})
	bar.Clear()
	if err != nil {
		return message.Errorf("sample pack: %w", err)
	}
	nodes, edges, took := report.Nodes(), report.Edges(), report.Elapsed.Round(10*time.Millisecond)
	t := e.terminal()
	if err := t.Put(show.Line{Text: t.Text(schema.Text{
		Zh: fmt.Sprintf("样例数据：%d 行，%d 个节点，%d 条关系，用时 %v", report.Total().Read, nodes.Created, edges.Created, took),
		En: fmt.Sprintf("sample pack: %d rows, %d nodes, %d edges, loaded in %v", report.Total().Read, nodes.Created, edges.Created, took),
	})}, show.Line{}); err != nil {
		return err
	}
	if !report.Complete() {
		for _, f := range report.Faults {
			fmt.Fprintln(e.stderr, f)
		}
		return message.Errorf("sample pack: rows were left out")
	}
	return nil
}

// What the demo shows of a region: of each ecosystem the most urgent links
// that call for work, and over all the strongest.
const (
	demoUrgent = 3
	demoStrong = 5
)

// showRegion prints one screen: the ecosystems by state and action, the most
// urgent links with the first reason, and the strongest links.
func (e *env) showRegion(ctx context.Context, p *projection.Projection, region string) error {
	answer, err := gaps.Ask(ctx, p, e.settings.Gaps, gaps.Question{Region: region})
	if err != nil {
		return err
	}
	t := e.terminal()
	title := func(text schema.Text) []show.Line {
		return []show.Line{{}, {Style: show.Bold, Text: t.Text(text)}}
	}
	for _, part := range []struct {
		above []show.Line
		table *show.Table
	}{
		{show.GapHeading(t.Language, p, answer), show.Summary(t.Language, p, answer.Summaries)},
		{
			title(schema.Text{Zh: "各生态圈最该着手的环节", En: "Most urgent links of each ecosystem"}),
			show.VerdictTable(t.Language, p, urgent(answer.Verdicts), show.EcosystemColumns),
		},
		{
			title(schema.Text{Zh: "最强的环节", En: "Strongest links"}),
			show.VerdictTable(t.Language, p, strongest(answer.Verdicts), show.EcosystemColumns),
		},
	} {
		if err := t.Put(part.above...); err != nil {
			return err
		}
		if err := t.Draw(part.table); err != nil {
			return err
		}
	}
	return t.Put(show.Line{})
}

// urgent picks, of verdicts in order of priority, the first of each ecosystem
// that call for more than looking or keeping.
func urgent(verdicts []*gaps.Verdict) []*gaps.Verdict {
	work := []gaps.Action{gaps.Build, gaps.Fill, gaps.Strengthen, gaps.Extend}
	picked := map[projection.Vertex][]*gaps.Verdict{}
	for _, v := range verdicts {
		if len(picked[v.Ecosystem]) < demoUrgent && slices.Contains(work, v.Action) {
			picked[v.Ecosystem] = append(picked[v.Ecosystem], v)
		}
	}
	var list []*gaps.Verdict
	for _, ecosystem := range slices.Sorted(maps.Keys(picked)) {
		list = append(list, picked[ecosystem]...)
	}
	return list
}

// strongest picks the verdicts with the highest shrunk location quotient.
func strongest(verdicts []*gaps.Verdict) []*gaps.Verdict {
	list := slices.DeleteFunc(slices.Clone(verdicts), func(v *gaps.Verdict) bool { return v.State != gaps.Strong })
	slices.SortStableFunc(list, func(x, y *gaps.Verdict) int {
		return cmp.Compare(y.Numbers.Mean.Or(math.Inf(-1)), x.Numbers.Mean.Or(math.Inf(-1)))
	})
	return list[:min(demoStrong, len(list))]
}

// askQueries asks the queries over HTTP, as any client would, and prints them
// with their answers.
func (e *env) askQueries(ctx context.Context, url string) error {
	texts, err := e.program.queries(e.language)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "%s\n\n", e.terminal().Paint(show.Bold, "POST "+url))
	for _, query := range texts {
		answer, err := askHTTP(ctx, url, query)
		if err != nil {
			return message.Errorf("query %q: %w", strings.TrimSpace(query), err)
		}
		fmt.Fprintf(e.stdout, "%s\n%s\n\n", strings.TrimSpace(query), answer)
	}
	return nil
}

// askHTTP asks one query and returns the answer, indented.
func askHTTP(ctx context.Context, url, query string) (string, error) {
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return "", err
	}
	var answer struct {
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return "", message.Errorf("answer %q: %w", text, err)
	}
	if len(answer.Errors) > 0 {
		return "", errors.New(answer.Errors[0].Message)
	}
	return show.LayOut(text)
}
