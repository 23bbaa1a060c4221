package loaders_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"liantu/loaders"
	"liantu/loaders/lists"
	"liantu/message"
)

// numbered writes a list of the companies from one number to before another, in a city,
// each at a link.
func numbered(from, to int, city, link string) string {
	var b strings.Builder
	b.WriteString("name,所在城市,所属环节\n")
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "%s有限公司,%s,%s\n", company(i), city, link)
	}
	return b.String()
}

// TestRecall compares lists that are declared complete with what others know.
func TestRecall(t *testing.T) {
	above := lists.Declared{Population: "ABOVE_SCALE", CompleteIn: "330100"}
	registered := lists.Declared{Population: "REGISTERED", CompleteIn: "330100"}
	country := lists.Declared{Population: "REGISTERED", CompleteIn: "100000"}
	scoped := lists.Declared{Population: "REGISTERED", CompleteIn: "330100", Scope: "drugs"}
	const hz, nb = "杭州市", "宁波市"
	for name, c := range map[string]struct {
		other    string // the table of the other source
		its      lists.Declared
		list     string
		declared lists.Declared
		warns    string // "" for no warning
		says     string // "" for no line
	}{
		"all are found":  {other: numbered(0, 10, hz, ""), its: above, list: numbered(0, 12, hz, ""), declared: above, says: "holds 10 of 10 companies that other sources know there (100 %, 90 % interval 79 to 100 %)"},
		"too few to say": {other: numbered(0, 4, hz, ""), its: above, list: numbered(0, 12, hz, ""), declared: above},
		"half are missing": {
			other: numbered(0, 20, hz, ""), its: above, list: numbered(10, 30, hz, ""), declared: above,
			warns: "holds 10 of 20 companies that other sources know there (50 %, 90 % interval 33 to 67 %)",
		},
		"one is missing of many":     {other: numbered(0, 20, hz, ""), its: above, list: numbered(1, 30, hz, ""), declared: above, says: "holds 19 of 20"},
		"a narrower population":      {other: numbered(0, 20, hz, ""), its: lists.Declared{Population: "LISTED", CompleteIn: "330100"}, list: numbered(10, 30, hz, ""), declared: above},
		"a source that says nothing": {other: numbered(0, 20, hz, ""), list: numbered(10, 30, hz, ""), declared: above},
		"who is registered":          {other: numbered(0, 20, hz, ""), list: numbered(10, 30, hz, ""), declared: registered, warns: "holds 10 of 20"},
		"elsewhere":                  {other: numbered(0, 20, nb, ""), list: numbered(10, 30, hz, ""), declared: registered},
		"the country":                {other: numbered(0, 20, nb, ""), list: numbered(10, 30, hz, ""), declared: country, warns: "holds 10 of 20"},
		"outside of the scope":       {other: numbered(0, 20, hz, "pumps"), list: numbered(10, 30, hz, "pumps"), declared: scoped},
		"below the scope":            {other: numbered(0, 20, hz, "insulin"), list: numbered(10, 30, hz, "insulin"), declared: scoped, warns: "holds 10 of 20"},
		"before the list is complete": {
			other: numbered(0, 20, hz, ""), list: numbered(0, 20, hz, ""),
			declared: lists.Declared{Population: "REGISTERED", CompleteIn: "330100", CompleteOn: "2025-06"}, warns: "holds 0 of 20",
		},
		"lists of one day are complete together": {
			other: numbered(0, 20, hz, ""), its: lists.Declared{Population: "ABOVE_SCALE", CompleteIn: "330100", CompleteOn: "2025-03"},
			list: numbered(10, 30, hz, ""), declared: above,
		},
		"a selection": {other: numbered(0, 20, hz, ""), list: numbered(10, 30, hz, ""), declared: lists.Declared{Population: "SELECTION"}},
	} {
		t.Run(name, func(t *testing.T) {
			store := openStore(t)
			load(t, loaders.Options{Store: store, Source: "chains", AsOf: "2024", FS: fstest.MapFS{
				"Link.csv":    {Data: []byte("code,name\ndrugs,药\ninsulin,胰岛素\npumps,泵\n")},
				"PART_OF.csv": {Data: []byte("from,to\ninsulin,drugs\n")},
			}})
			if c.its.CompleteIn != "" && c.its.CompleteOn == "" {
				c.its.CompleteOn = "2024"
			}
			list(t, store, "other", c.other, c.its)
			o := loaders.Options{
				Store: store, FS: fstest.MapFS{"Company.csv": {Data: []byte(c.list)}}, Source: "list", AsOf: "2025-03", Lists: c.declared, DryRun: true,
			}
			dry := load(t, o)
			o.DryRun = false
			r := load(t, o)
			if a, b := strings.Join(dry.Remarks, "\n"), strings.Join(r.Remarks, "\n"); a != b {
				t.Errorf("a dry run says %q, the load %q", a, b)
			}
			warned := ""
			for _, f := range r.Faults {
				if f.Code == loaders.CodeRecall {
					warned += f.Reason
				}
			}
			if (warned == "") != (c.warns == "") || !strings.Contains(warned, c.warns) {
				t.Errorf("the load warns %q, want %q", warned, c.warns)
			}
			if said := strings.Join(r.Remarks, "\n"); (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
				t.Errorf("the load says %q, want %q", said, c.says)
			}
			if c.says != "" {
				o.Language = message.Chinese
				if said := text(t, load(t, o)); !strings.Contains(said, "家（9") && !strings.Contains(said, "家（100%，90% 区间 79% 至 100%）") {
					t.Errorf("the report in Chinese is %s", said)
				}
			}
			if c.warns != "" {
				if n := strings.Count(warned, "恒信有限公司"); n != 3 {
					t.Errorf("%q names %d companies, want 3", warned, n)
				}
				o.Language = message.Chinese
				if said := text(t, load(t, o)); !strings.Contains(said, "其他来源在当地已知的 20 家企业它只收录") || strings.Contains(said, "%!") {
					t.Errorf("the report in Chinese is %s", said)
				}
			}
		})
	}
}

// TestRecallLeavesOutWhoIsGone counts no company that does no business any more.
func TestRecallLeavesOutWhoIsGone(t *testing.T) {
	store := openStore(t)
	var gone strings.Builder
	gone.WriteString("name,所在城市,status\n")
	for i := range 20 {
		fmt.Fprintf(&gone, "%s有限公司,杭州市,注销\n", company(i))
	}
	list(t, store, "other", gone.String(), lists.Declared{})
	r := list(t, store, "list", numbered(20, 30, "杭州市", ""), lists.Declared{Population: "REGISTERED", CompleteIn: "330100"})
	if said := codes(r); said[loaders.CodeRecall] != 0 || len(r.Remarks) != 0 {
		t.Errorf("of 20 companies that are gone the load says %v %v", said, r.Remarks)
	}
}

// TestRecallLeavesOutPlacements compares no list with the result of placing companies.
func TestRecallLeavesOutPlacements(t *testing.T) {
	for placement, warnings := range map[string]int{"是": 0, "否": 1} {
		store := openStore(t)
		load(t, loaders.Options{Store: store, Source: "catalogue", AsOf: "2024", FS: fstest.MapFS{
			"Source.csv": {Data: []byte("name,title,population,complete_in,is_placement\nother,归类,规上企业,杭州市," + placement + "\n")},
		}})
		list(t, store, "other", numbered(0, 20, "杭州市", ""), lists.Declared{})
		r := list(t, store, "list", numbered(20, 30, "杭州市", ""), lists.Declared{Population: "ABOVE_SCALE", CompleteIn: "330100"})
		if said := codes(r); said[loaders.CodeRecall] != warnings {
			t.Errorf("placement %s: the load warns %v, want %d W_RECALL", placement, said, warnings)
		}
	}
}
