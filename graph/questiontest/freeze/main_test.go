package main

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"liantu/examples/zhejiang"
)

// small is a pack of one row a table, with people and contacts in it.
func small() fstest.MapFS {
	pack := fstest.MapFS{}
	for _, k := range kept {
		pack[k.table+".csv"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(k.columns, " ", ",") + ",source,as_of,grade\n")}
	}
	put := func(table string, lines ...string) {
		pack[table+".csv"] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	}
	put("Company", "stock_code,name,leader,employees,registered_capital,founded,source,as_of,grade",
		"1.SZ,甲,true,5,,,s,2026,A", "1.SZ,甲公司,true,5,,,s,2026,A", "2.SZ,乙,,,,,s,2026,A")
	put("TaskForce", "code,name,contact_name,synthetic,source,as_of,grade", "T1,专班,某人,true,s,2026,D")
	put("LOCATED_IN", "from_kind,from,to,role,synthetic,source,as_of,grade", "Company,1.SZ,330100,,,s,2026,A", "Person,某人,330100,,,s,2026,A")
	put("FEEDS", "from_kind,from,to_kind,to,layer,evidence,source,as_of,grade", "Link,a,Link,b,VALUE,据某文,s,2026,A", "Product,a,Product,b,,,s,2026,A")
	return pack
}

// TestFreeze: rows without what the copy leaves out, each once, and no people.
func TestFreeze(t *testing.T) {
	var once, again bytes.Buffer
	for _, b := range []*bytes.Buffer{&once, &again} {
		if err := freeze(b, small()); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(once.Bytes(), again.Bytes()) {
		t.Error("the same pack gives other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(once.Bytes()), int64(once.Len()))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range z.File {
		text, err := fs.ReadFile(z, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if rows := strings.SplitN(string(text), "\n", 2)[1]; rows != "" {
			got[f.Name] = rows
		}
	}
	want := map[string]string{
		"Company.csv":    "1.SZ,,,5,true,s,2026,A\n2.SZ,,,,,s,2026,A\n",
		"TaskForce.csv":  "T1,专班,true,s,2026,D\n",
		"LOCATED_IN.csv": "Company,1.SZ,330100,,,s,2026,A\n",
		"FEEDS.csv":      "Link,a,Link,b,VALUE,s,2026,A\n",
	}
	if !maps.Equal(got, want) {
		t.Errorf("the copy is\n%v\nwant\n%v", got, want)
	}
}

// TestFreezeReadsThePack: the pack has all tables and columns that the copy needs, and one
// that lacks any is an error that names it.
func TestFreezeReadsThePack(t *testing.T) {
	var b bytes.Buffer
	if err := freeze(&b, zhejiang.FS()); err != nil {
		t.Error(err)
	}
	pack := small()
	pack["Chain.csv"] = &fstest.MapFile{Data: []byte("code,source,as_of,grade\n")}
	if err := freeze(&b, pack); err == nil || !strings.Contains(err.Error(), `Chain: no column "name"`) {
		t.Errorf("a table without names gives %v", err)
	}
}
