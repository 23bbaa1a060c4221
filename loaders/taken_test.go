package loaders_test

import (
	"archive/zip"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"liantu/graph"
	"liantu/loaders"
	"liantu/schema"
)

// write writes a file that was last changed on a day.
func write(t *testing.T, name, text, changed string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	touch(t, name, changed)
}

// touch sets the day on which a file was last changed.
func touch(t *testing.T, name, day string) {
	t.Helper()
	at, err := time.ParseInLocation(time.DateOnly, day, time.Local)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, at, at); err != nil {
		t.Fatal(err)
	}
}

// staff returns the fact that shows how many people a company employs.
func staff(t *testing.T, s graph.Store, name string) graph.Fact {
	t.Helper()
	var shown graph.Fact
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if n := c.Node; n != nil && n.Kind == "Company" {
			if got, _ := n.Get("name"); got == name {
				shown, _ = n.Winner("employees")
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

// wantStaff checks value, source and date of what is shown.
func wantStaff(t *testing.T, s graph.Store, name, want string) {
	t.Helper()
	f := staff(t, s, name)
	if got := fmt.Sprintf("%v %s %s", f.Value, f.Source, f.Date()); got != want {
		t.Errorf("%s is shown with %s, want %s", name, got, want)
	}
}

// ledger returns the batches of the ledger.
func ledger(t *testing.T, s graph.Store) (all []graph.Entry) {
	t.Helper()
	if err := s.Ledger(t.Context(), func(e graph.Entry) error { all = append(all, e); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestStatedDayBeatsAssumedDay(t *testing.T) {
	dir := t.TempDir()
	undated, dated := filepath.Join(dir, "星州台账.csv"), filepath.Join(dir, "年报.csv")
	write(t, undated, "企业名称,从业人数\n星澜实业有限公司,900\n", "2025-06-30")
	write(t, dated, "企业名称,从业人数,数据日期\n星澜实业有限公司,100,2019\n", "2025-06-30")
	var digests []string
	for _, order := range [][]string{{undated, dated}, {dated, undated}} {
		store := openStore(t)
		loads := map[string]string{}
		for _, path := range order {
			loads[path] = load(t, loaders.Options{Store: store, Paths: []string{path}}).Load
		}
		wantStaff(t, store, "星澜实业有限公司", "100 年报 2019")
		digests = append(digests, digest(t, store))

		again := openStore(t)
		if err := graph.Replay(t.Context(), store.Ledger, 0, again); err != nil {
			t.Fatal(err)
		}
		if digest(t, again) != digests[0] {
			t.Error("the graph made from the ledger is another one")
		}
		if _, err := store.Undo(t.Context(), loads[dated]); err != nil {
			t.Fatal(err)
		}
		wantStaff(t, store, "星澜实业有限公司", "900 星州台账 2025-06-30?")
		marked := slices.ContainsFunc(ledger(t, store), func(e graph.Entry) bool {
			return e.Batch.Load.ID == loads[undated] && slices.ContainsFunc(e.Batch.Nodes, func(d graph.NodeDraft) bool {
				return slices.ContainsFunc(d.Facts, func(f graph.Fact) bool { return f.Assumed })
			})
		})
		if !marked {
			t.Error("the ledger has lost the mark of the assumed day")
		}
	}
	if digests[0] != digests[1] {
		t.Error("the order of the loads changes the graph")
	}
}

// TestTouchedFileIsLoadedAgain checks that the time of a file has no influence
// when it is loaded again.
func TestTouchedFileIsLoadedAgain(t *testing.T) {
	list := filepath.Join(t.TempDir(), "台账.csv")
	write(t, list, "企业名称,从业人数\n星澜实业有限公司,9\n", "2024-01-15")
	store := openStore(t)
	o := loaders.Options{Store: store, Paths: []string{list}}
	first := load(t, o)
	touch(t, list, "2024-09-01")
	again := load(t, o)
	if checkUnchanged(t, again); again.Load != first.Load {
		t.Errorf("loaded again the file is load %s, it was %s", again.Load, first.Load)
	}
	if !strings.Contains(text(t, again), "2024-01-15, the day that an earlier load of the same file took") {
		t.Errorf("the report does not say where the day is from:\n%s", text(t, again))
	}
	wantStaff(t, store, "星澜实业有限公司", "9 台账 2024-01-15?")

	// A load with a name of its own, another content, and a load that was taken
	// back have no earlier day.
	named := o
	named.Load = "台账"
	load(t, named)
	wantStaff(t, store, "星澜实业有限公司", "9 台账 2024-09-01?")
	touch(t, list, "2024-10-01")
	load(t, named)
	wantStaff(t, store, "星澜实业有限公司", "9 台账 2024-10-01?")
	write(t, list, "企业名称,从业人数\n星澜实业有限公司,10\n", "2024-11-01")
	load(t, o)
	wantStaff(t, store, "星澜实业有限公司", "10 台账 2024-11-01?")

	fresh := openStore(t)
	o.Store = fresh
	id := load(t, o).Load
	if _, err := fresh.Undo(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	touch(t, list, "2025-01-01")
	load(t, o)
	wantStaff(t, fresh, "星澜实业有限公司", "10 台账 2025-01-01?")
}

// TestAssumedDayIsExported checks that facts written as rows and loaded again are
// the same graph.
func TestAssumedDayIsExported(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "Company.csv"), "企业名称,从业人数,数据日期\n星澜实业有限公司,9,\n临溪机械有限公司,3,2020-05\n", "2024-01-15")
	store := openStore(t)
	load(t, loaders.Options{Store: store, Paths: []string{dir}})
	var out strings.Builder
	w := csv.NewWriter(&out)
	rows := [][]string{{"name", "employees", "source", "as_of", "grade"}}
	_, err := store.Changes(t.Context(), 0, func(c graph.Change) error {
		if n := c.Node; n != nil && n.Kind == "Company" {
			name, _ := n.Get("name")
			for _, f := range n.Facts {
				if f.Property == "employees" {
					rows = append(rows, []string{name.(string), schema.FormatValue(f.Value), f.Source, f.Date(), string(f.Grade)})
				}
			}
		}
		return nil
	})
	if err != nil || len(rows) != 3 {
		t.Fatal(err, rows)
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	again := openStore(t)
	load(t, loaders.Options{Store: again, FS: files(map[string]string{"Company.csv": out.String()})})
	if got, want := dump(t, again), dump(t, store); got != want || digest(t, again) != digest(t, store) {
		t.Errorf("loaded again the graph is\n%s\nwant\n%s", got, want)
	}
	wantStaff(t, again, "星澜实业有限公司", "9 Company 2024-01-15?")
	wantStaff(t, again, "临溪机械有限公司", "3 Company 2020-05")
}

// TestWorkbooksAndArchivesHaveDays checks whose day and name count for what is in
// another file.
func TestWorkbooksAndArchivesHaveDays(t *testing.T) {
	dir := t.TempDir()
	book := excelize.NewFile()
	if err := book.SetDocProps(&excelize.DocProperties{Modified: "2023-05-31T08:00:00Z"}); err != nil {
		t.Fatal(err)
	}
	if err := book.SetSheetName("Sheet1", "企业"); err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet("2022年3月"); err != nil {
		t.Fatal(err)
	}
	for sheet, name := range map[string]string{"企业": "星澜实业有限公司", "2022年3月": "临溪机械有限公司"} {
		for i, row := range [][]any{{"企业名称", "从业人数"}, {name, 9}} {
			if err := book.SetSheetRow(sheet, fmt.Sprint("A", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.SaveAs(filepath.Join(dir, "星州企业.xlsx")); err != nil {
		t.Fatal(err)
	}
	touch(t, filepath.Join(dir, "星州企业.xlsx"), "2024-01-15")
	packed, err := os.Create(filepath.Join(dir, "打包.zip"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(packed)
	entry, err := z.CreateHeader(&zip.FileHeader{Name: "青山名单.csv", Modified: time.Date(2021, 7, 1, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := entry.Write([]byte("企业名称,从业人数\n青山纺织有限公司,9\n")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Close(), packed.Close()); err != nil {
		t.Fatal(err)
	}
	store := openStore(t)
	load(t, loaders.Options{Store: store, Paths: []string{dir}})
	wantStaff(t, store, "星澜实业有限公司", "9 星州企业 2023-05-31?")
	wantStaff(t, store, "临溪机械有限公司", "9 星州企业 2022-03")
	wantStaff(t, store, "青山纺织有限公司", "9 青山名单 2021-07-01?")
}

// TestFileTimesThatAreNone checks times that say nothing about a file.
func TestFileTimesThatAreNone(t *testing.T) {
	list := filepath.Join(t.TempDir(), "台账.csv")
	write(t, list, "企业名称,从业人数\n星澜实业有限公司,9\n", "1970-01-02")
	store := openStore(t)
	o := loaders.Options{Store: store, Paths: []string{list}}
	if _, err := loaders.Load(t.Context(), o); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "no as-of date") {
		t.Errorf("a file of 1970 gives %v", err)
	}
	before := time.Now().Format(time.DateOnly)
	touch(t, list, "2099-01-01")
	load(t, o)
	f := staff(t, store, "星澜实业有限公司")
	if after := time.Now().Format(time.DateOnly); !f.Assumed || f.AsOf < before || f.AsOf > after {
		t.Errorf("a file of the year 2099 gives the day %s, want today", f.Date())
	}
}
