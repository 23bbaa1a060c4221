package loaders_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/loaders"
	"liantu/schema"
)

// tables is a small load in parts: by kind the header and the rows.
var tables = []struct {
	kind, header string
	rows         []string
}{
	{"Company", "stock_code,uscc,name,short_name,employees", []string{
		"600000.SH,,甲山股份有限公司,甲,100", "600000.SH,,,甲二,120", ",91110000600037341L,甲山股份有限公司,,", ",91110000600037341L,,,1",
		"300001.SZ,,乙水股份有限公司,乙,x", ",,丙木有限公司,,", ",,丙木 有限公司,,7", "bad,,,,1", ",,,,",
	}},
	{"Link", "code,name,position", []string{"a,甲环节,上游", "b,乙环节,中游", "b,乙环节二,下游", "c,,"}},
	{"OPERATES_IN", "from,to,revenue_share", []string{
		"600000,a,0.1", "甲山股份有限公司,a,0.2", "91110000600037341L,b,", "丙木有限公司,乙环节,30%", "丁厂,a,", "300001.SZ,c,", "300001.SZ,b,-1",
	}},
	{"LOCATED_IN", "from,to,role", []string{"600000,杭州,注册地", "600000,330100,", "乙水股份有限公司,浙江,", "丙木有限公司,火星,"}},
}

// TestOrderAndPortionsDoNotMatter loads the same rows in other orders, split
// over files and batches of any size, and checks that graph and report are the
// same.
func TestOrderAndPortionsDoNotMatter(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads the same rows in many orders")
	}
	all := map[string]string{}
	for _, table := range tables {
		all[table.kind+".csv"] = table.header + "\n" + strings.Join(table.rows, "\n") + "\n"
	}
	o := loaders.Options{Store: openStore(t), FS: files(all), Source: "list", AsOf: "2024"}
	r := load(t, o)
	want, total, codes := digest(t, o.Store), r.Total(), r.Codes
	regions := storeWithRegions(t)
	path := filepath.Join(t.TempDir(), "graph.db")
	rapid.Check(t, func(rt *rapid.T) {
		split := map[string]string{}
		for _, table := range tables {
			parts := rapid.IntRange(1, 3).Draw(rt, "parts")
			for i, row := range rapid.Permutation(table.rows).Draw(rt, table.kind) {
				name := fmt.Sprintf("%d/%s.csv", i%parts, table.kind)
				if split[name] == "" {
					split[name] = table.header + "\n"
				}
				split[name] += row + "\n"
			}
		}
		if err := os.WriteFile(path, regions, 0o644); err != nil {
			rt.Fatal(err)
		}
		store, err := filestore.Open(path, schema.Default())
		if err != nil {
			rt.Fatal(err)
		}
		defer store.Close() //nolint:errcheck // the check is over
		r, err := loaders.Load(context.Background(), loaders.Options{
			Store: store, FS: files(split), Paths: []string{"0", "1", "2"}[:folders(split)],
			Source: "list", AsOf: "2024", BatchSize: rapid.IntRange(1, 9).Draw(rt, "batch"),
		})
		if err != nil {
			rt.Fatal(err)
		}
		got, err := graph.Digest(context.Background(), store)
		if err != nil {
			rt.Fatal(err)
		}
		if got != want {
			rt.Errorf("digest is %s, want %s", got, want)
		}
		if got := withoutRepeats(r.Codes); r.Total() != total || !slices.Equal(got, withoutRepeats(codes)) {
			rt.Errorf("accounts are %+v %v, want %+v %v", r.Total(), got, total, withoutRepeats(codes))
		}
	})
}

// withoutRepeats leaves out what is counted within one file, and so depends on
// how rows are split over files.
func withoutRepeats(codes []loaders.FaultCount) []loaders.FaultCount {
	return slices.DeleteFunc(slices.Clone(codes), func(c loaders.FaultCount) bool { return c.Code == loaders.CodeRepeated })
}

// storeWithRegions returns the file of a store that holds the regions alone.
func storeWithRegions(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.db")
	store, err := filestore.Open(path, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	load(t, loaders.Options{Store: store, FS: files(map[string]string{"Company.csv": "name\n"}), Source: "list", AsOf: "2024"})
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func folders(split map[string]string) int {
	n := 0
	for name := range split {
		n = max(n, int(name[0]-'0')+1)
	}
	return n
}

// TestDryRunPredicts checks that a dry run counts what the load then does, on an
// empty store and on one with something in it, and to write nothing.
func TestDryRunPredicts(t *testing.T) {
	store := openStore(t)
	for i, table := range tables {
		text := table.header + "\n" + strings.Join(table.rows, "\n") + "\n"
		o := loaders.Options{Store: store, FS: files(map[string]string{table.kind + ".csv": text}), Source: "list", AsOf: "2024", DryRun: true}
		before := digest(t, store)
		predicted := load(t, o)
		if digest(t, store) != before {
			t.Fatal("a dry run wrote something")
		}
		o.DryRun = false
		r := load(t, o)
		if !slices.EqualFunc(predicted.Files, r.Files, func(a, b loaders.FileReport) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) || predicted.Version != r.Version {
			t.Errorf("load %d: predicted is %+v, done was %+v", i, predicted.Files, r.Files)
		}
	}
}

// TestEndsOfEarlierLoads checks that edges find nodes that are in the store.
func TestEndsOfEarlierLoads(t *testing.T) {
	store := openStore(t)
	o := loaders.Options{Store: store, Source: "list", AsOf: "2024"}
	o.FS = files(map[string]string{"Company.csv": "name,short_name\n甲山股份有限公司,甲山股份\n"})
	load(t, o)
	o.FS = files(map[string]string{"semiconductor.json": `{"产业链": "半导体", "环节": [{"环节名称": "上游：材料", "子环节": [
		{"子环节名称": "材料", "子-子环节": [{"子-子环节名称": "硅片", "代表公司": ["甲山股份 (Jia)", "甲山股份有限公司", "乙"]}]}]}]}`})
	o.Mapping = builtIn(t, "chains28")
	r := load(t, o)
	for _, k := range r.Files[0].Kinds {
		if k.Kind == "OPERATES_IN" && k.Created == 1 && k.Updated == 1 {
			return
		}
	}
	t.Errorf("the company of the store was not found twice: %+v", r.Files[0])
}

func TestPackedAndEncodedFiles(t *testing.T) {
	plain := "企业名称,法定代表人\n杭州甲有限公司,\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(gb)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var want string
	for name, text := range map[string]string{"Company.csv": plain, "company.CSV": "\uFEFF" + plain, "Company.csv.gz": packed.String()} {
		o := loaders.Options{Store: openStore(t), FS: files(map[string]string{name: text}), Source: "list", AsOf: "2024"}
		if strings.HasSuffix(name, ".gz") {
			o.Encoding = "gbk"
		}
		r := load(t, o)
		got := digest(t, o.Store)
		if want == "" {
			want = got
		}
		if got != want || r.Total().Accepted != 1 {
			t.Errorf("%s: digest %s, want %s; %+v", name, got, want, r.Files)
		}
	}
}

// TestArchiveThatBreaksOff checks that the rows before the break are loaded, and
// the break is reported.
func TestArchiveThatBreaksOff(t *testing.T) {
	var text, packed bytes.Buffer
	text.WriteString("name,address\n")
	for i := range 9000 {
		fmt.Fprintf(&text, "第%d厂有限公司,%x\n", i, i*i*7919)
	}
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(text.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	o := loaders.Options{Store: openStore(t), Source: "list", AsOf: "2024", FS: files(map[string]string{
		"Company.csv.gz": packed.String()[:packed.Len()-1000], "Chain.csv": "code,name\nc,链\n",
	})}
	r := load(t, o)
	total := r.Total()
	if total.Accepted < 1000 || total.Accepted > 9000 || r.Complete() || r.Faults[len(r.Faults)-1].Code != loaders.CodeUnread {
		t.Errorf("%+v, faults %v", total, r.Faults)
	}
	if r.Files[0].Rows.Accepted != 1 {
		t.Errorf("the other file: %+v", r.Files[0])
	}
}

// TestRefusedDrafts checks that rows that only the store refuses are rejected
// alone.
func TestRefusedDrafts(t *testing.T) {
	long := strings.Repeat("长", graph.MaxKeyLen/3+1)
	o := loaders.Options{Store: openStore(t), Source: "list", AsOf: "2024", FS: files(map[string]string{
		"Product.csv": "name\n甲\n" + long + "\n乙\n",
		"FEEDS.csv":   "from,to\n甲,乙\n" + long + ",乙\n乙,甲\n",
	})}
	r := load(t, o)
	var refused []string
	for _, f := range r.Faults {
		if f.Code == loaders.CodeRefused {
			refused = append(refused, fmt.Sprintf("%s %s:%d", f.Severity, f.File, f.Row))
		}
	}
	want := []string{"rejected FEEDS.csv:3", "rejected Product.csv:3"}
	if total := r.Total(); total.Accepted != 4 || total.Rejected != 2 || !slices.Equal(refused, want) {
		t.Errorf("%+v, refused are %q, want %q", total, refused, want)
	}
}

// TestLoadOfNothingIsNone checks that rows that are all rejected make no load to
// undo.
func TestLoadOfNothingIsNone(t *testing.T) {
	s := openStore(t)
	for rows, listed := range map[string]bool{"name,employees\n,5\n": false, "": false, "name,employees\n甲山有限公司,许多\n": true} {
		r := load(t, loaders.Options{Store: s, FS: files(map[string]string{"Company.csv": rows}), Source: "list", AsOf: "2024"})
		loads, err := s.Loads(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		found := slices.ContainsFunc(loads, func(l graph.Load) bool { return slices.Equal(l.Files, []string{"Company.csv"}) })
		if found != listed || (r.Load != "") != listed {
			t.Errorf("of %q the load %q is listed: %t", rows, r.Load, found)
		}
		if !found {
			continue
		}
		if _, err := s.Undo(t.Context(), r.Load); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCancelledLoad checks that a load stops between batches, and is completed by
// another.
func TestCancelledLoad(t *testing.T) {
	all := map[string]string{"Company.csv": "name\n"}
	for i := range 5000 {
		all["Company.csv"] += fmt.Sprintf("第%d厂有限公司\n", i)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o := loaders.Options{Store: emptyStore(t), FS: files(all), Source: "list", AsOf: "2024", BatchSize: 1000}
	store := &cancelling{Store: o.Store, cancel: cancel, after: 6}
	o.Store = store
	r, err := loaders.Load(ctx, o)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error is %v", err)
	}
	if made := r.Nodes().Created; made == 0 || made >= 5000 {
		t.Errorf("%d nodes were made before the end", made)
	}
	o.Store = store.Store
	r = load(t, o)
	if made := r.Nodes(); made.Created == 0 || made.Unchanged == 0 {
		t.Errorf("the second load says %+v", made)
	}
}

// TestCancelledRecognition checks that a load stops while it reads a file to find out
// what it holds.
func TestCancelledRecognition(t *testing.T) {
	for _, name := range []string{"graph.jsonl", "list.jsonl", "nodes.csv"} {
		t.Run(name, func(t *testing.T) {
			row, head := `{"type":"node","id":"%d","labels":["Company"],"properties":{"name":"第%[1]d厂有限公司"}}`+"\n", ""
			switch name {
			case "list.jsonl":
				row = `{"企业名称":"第%d厂有限公司"}` + "\n"
			case "nodes.csv":
				row, head = "%d,第%[1]d厂有限公司,Company\n", ":ID,name,:LABEL\n"
			}
			var b strings.Builder
			b.WriteString(head)
			for i := range 50000 {
				fmt.Fprintf(&b, row, i)
			}
			text := b.String()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			fsys := &cancellingFS{FS: files(map[string]string{name: text}), cancel: cancel, after: len(text) / 4}
			_, err := loaders.Load(ctx, loaders.Options{Store: openStore(t), FS: fsys, Paths: []string{name}, Source: "list", AsOf: "2024"})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("error is %v", err)
			}
			if fsys.read > len(text)/2 {
				t.Errorf("of %d bytes %d were read, the context having ended after %d", len(text), fsys.read, fsys.after)
			}
		})
	}
}

// cancellingFS is a file system that ends a context after some bytes.
type cancellingFS struct {
	fs.FS
	cancel      func()
	after, read int
}

func (c *cancellingFS) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	return &cancellingFile{f, c}, err
}

type cancellingFile struct {
	fs.File
	of *cancellingFS
}

func (f *cancellingFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if f.of.read += n; f.of.read >= f.of.after {
		f.of.cancel()
	}
	return n, err
}

// cancelling is a store that ends a context after some batches.
type cancelling struct {
	graph.Store
	cancel func()
	after  int
}
