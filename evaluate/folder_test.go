package evaluate_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"liantu/evaluate"
)

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestReadFolder(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "companies.csv", "\ufeffdate,ID,region,item,name\n2011-05-01, 1 ,杭州,i1,甲\n2011,1,杭州,i1,甲\n19990203,2,r,i2,乙\n,3,r,i2,丙\nsoon,4,r,i2,丁\n2011,5,,i2,戊\n2011-05-01,1,杭州,i1,甲\n")
	write(t, folder, "items.csv", "item,name,parent\ni1,光刻胶,g\ni2,\"显示,面板\",i2\n")
	write(t, folder, "feeds.csv", "from,to\na,b\nb,b\na,b\n")
	f, err := evaluate.ReadFolder(folder, evaluate.CompaniesFile, evaluate.ItemsFile, evaluate.FeedsFile, evaluate.ProductsFile)
	if err != nil {
		t.Fatal(err)
	}
	if want := []evaluate.Company{{"1", "杭州", "i1", "2011-05-01"}, {"1", "杭州", "i1", "2011"}, {"2", "r", "i2", "1999-02-03"}}; !slices.Equal(f.Companies, want) {
		t.Errorf("companies %v", f.Companies)
	}
	if want := []evaluate.Item{{"i1", "光刻胶", "g"}, {"i2", "显示,面板", ""}}; !slices.Equal(f.Items, want) {
		t.Errorf("items %v", f.Items)
	}
	if want := []evaluate.Pair{{"a", "b"}}; !slices.Equal(f.Feeds, want) {
		t.Errorf("feeds %v", f.Feeds)
	}
	want := []evaluate.LeftOut{
		{File: "companies.csv", Line: 5, Reason: "the date is missing or invalid", Rows: 2},
		{File: "companies.csv", Line: 7, Reason: "id, region or item is missing", Rows: 1},
		{File: "feeds.csv", Line: 3, Reason: "both are the same", Rows: 1},
	}
	if !slices.Equal(f.LeftOut, want) {
		t.Errorf("left out %v", f.LeftOut)
	}
	again, err := evaluate.ReadFolder(folder, evaluate.CompaniesFile, evaluate.ItemsFile, evaluate.FeedsFile)
	if err != nil || again.Digest != f.Digest || len(f.Digest) != 16 {
		t.Errorf("digest %q and then %q, %v", f.Digest, again.Digest, err)
	}
	write(t, folder, "feeds.csv", "from,to\na,c\n")
	if changed, err := evaluate.ReadFolder(folder, evaluate.CompaniesFile, evaluate.FeedsFile); err != nil || changed.Digest == f.Digest {
		t.Errorf("another file has the same digest, %v", err)
	}
}

func TestReadFolderReportsEveryFault(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "companies.csv", "id,region,date\n")
	_, err := evaluate.ReadFolder(folder, evaluate.CompaniesFile, evaluate.FeedsFile)
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), `no column "item"`) {
		t.Errorf("error %v", err)
	}
}
