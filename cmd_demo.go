package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"liantu/examples/zhejiang"
	"liantu/graph"
	"liantu/graph/gaps"
	"liantu/graph/projection"
	"liantu/loaders"
	"liantu/schema"
)

// queries are the GraphQL queries that the demo asks and the READMEs show, one
// a file, in a folder for each language.
//
//go:embed docs/queries
var queries embed.FS

// queriesIn returns the texts of the queries in the order of their files.
func queriesIn(lang string) ([]string, error) {
	names, err := fs.Glob(queries, path.Join("docs/queries", lang, "*.graphql"))
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(names))
	for i, name := range names {
		text, err := queries.ReadFile(name)
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
	}
	return texts, nil
}

// demoRegions are the regions that the demo looks at.
var demoRegions = []string{"330100", "330000"}

func newDemo(a *app) *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show the sample pack: the gaps of Hangzhou and Zhejiang, three queries, then serve it",
		Long: `Load the sample pack into a store that is thrown away at the end, print the gaps
of the five ecosystems for Hangzhou and for Zhejiang, ask three GraphQL queries and
print their answers, then serve until interrupted. With --once it does not serve.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if once {
				a.cfg.Server.Listen = "127.0.0.1:0"
			}
			if a.cfg.Log.Level == "info" {
				a.cfg.Log.Level = "warn" // a line for each request would stand among the tables
			}
			listener, err := a.listen(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, closeQuietly(listener)) }()
			store, err := throwAway()
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, store.Close()) }()
			return a.demo(cmd.Context(), store, listener, once)
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "print and exit")
	addListenFlag(cmd)
	return cmd
}

func (a *app) demo(ctx context.Context, store graph.Store, listener net.Listener, once bool) error {
	if err := a.loadSample(ctx, store); err != nil {
		return err
	}
	service, err := a.newService(ctx, store)
	if err != nil {
		return err
	}
	for _, region := range demoRegions {
		if err := a.showRegion(ctx, service.live.Current(), region); err != nil {
			return err
		}
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- service.serve(serving, listener) }()
	if err := a.askQueries(ctx, "http://"+listener.Addr().String()+"/graphql"); err != nil {
		stop()
		return errors.Join(err, <-served)
	}
	if once {
		stop()
	} else {
		a.announce(service, listener)
	}
	return <-served
}

func (a *app) loadSample(ctx context.Context, store graph.Store) error {
	fmt.Fprintln(a.stdout, a.text(schema.Text{
		Zh: "链图：正在把样例数据载入临时图谱……",
		En: "Liantu: loading the sample pack into a graph that is thrown away at the end …",
	}))
	bar := newProgressBar(a.stderr)
	report, err := loaders.Load(ctx, loaders.Options{Store: store, FS: zhejiang.FS(), Progress: bar.show})
	bar.clear()
	if err != nil {
		return fmt.Errorf("sample pack: %w", err)
	}
	nodes, edges := report.Nodes(), report.Edges()
	fmt.Fprintln(a.stdout, a.text(schema.Text{
		Zh: fmt.Sprintf("样例数据：%d 行，%d 个节点，%d 条关系，用时 %v", report.Total().Read, nodes.Created, edges.Created, report.Elapsed.Round(10*time.Millisecond)),
		En: fmt.Sprintf("sample pack: %d rows, %d nodes, %d edges, loaded in %v", report.Total().Read, nodes.Created, edges.Created, report.Elapsed.Round(10*time.Millisecond)),
	}))
	fmt.Fprintln(a.stdout)
	if !report.Complete() {
		for _, f := range report.Faults {
			fmt.Fprintln(a.stderr, f)
		}
		return errors.New("sample pack: rows were left out")
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
func (a *app) showRegion(ctx context.Context, p *projection.Projection, region string) error {
	answer, err := gaps.Ask(ctx, p, a.cfg.Gaps, gaps.Question{Region: region})
	if err != nil {
		return err
	}
	s := screenOf(a.stdout)
	a.printHeading(p, answer)
	if err := a.draw(a.summaryTable(p, shownScopes(p, answer.Summaries)), s); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "\n%s\n", a.paint(ansiBold, a.text(schema.Text{
		Zh: "各生态圈最该着手的环节", En: "Most urgent links of each ecosystem",
	})))
	if err := a.draw(a.verdictTable(p, urgent(answer.Verdicts), demoColumns), s); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "\n%s\n", a.paint(ansiBold, a.text(schema.Text{Zh: "最强的环节", En: "Strongest links"})))
	if err := a.draw(a.verdictTable(p, strongest(answer.Verdicts), demoColumns), s); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout)
	return nil
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
	for _, ecosystem := range sortedKeys(picked) {
		list = append(list, picked[ecosystem]...)
	}
	return list
}

// strongest picks the verdicts with the highest shrunken location quotient.
func strongest(verdicts []*gaps.Verdict) []*gaps.Verdict {
	list := slices.DeleteFunc(slices.Clone(verdicts), func(v *gaps.Verdict) bool { return v.State != gaps.Strong })
	slices.SortStableFunc(list, func(x, y *gaps.Verdict) int {
		return -compareFigures(x.Numbers.Mean, y.Numbers.Mean)
	})
	return list[:min(demoStrong, len(list))]
}

// askQueries asks the queries over HTTP, as any client would, and prints them
// with their answers.
func (a *app) askQueries(ctx context.Context, url string) error {
	texts, err := queriesIn(a.lang)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s\n\n", a.paint(ansiBold, "POST "+url))
	for _, query := range texts {
		answer, err := askHTTP(ctx, url, query)
		if err != nil {
			return fmt.Errorf("query %q: %w", strings.TrimSpace(query), err)
		}
		fmt.Fprintf(a.stdout, "%s\n%s\n\n", strings.TrimSpace(query), answer)
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
		return "", fmt.Errorf("answer %q: %w", text, err)
	}
	if len(answer.Errors) > 0 {
		return "", errors.New(answer.Errors[0].Message)
	}
	return layOut(text)
}
