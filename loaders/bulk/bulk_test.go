package bulk_test

import (
	"slices"
	"strings"
	"testing"

	"liantu/loaders/bulk"
	"liantu/loaders/rows"
	"liantu/schema"
)

func TestIsHead(t *testing.T) {
	for text, want := range map[string]bool{
		"name:string": true, "age:int": true, "tags:string[]": true, "when:datetime{timezone:Europe/Stockholm}": true,
		"at:point{crs:WGS-84}": true, "v:vector{coordinateType:byte,dimensions:4}": true, "age:INT": true, "a:b:int": true,
		":ID": true, "id:ID(Movie-ID)": true, "uuid:ID(Person){label:Person, id-type: int}": true, ":ID (column 2)": true,
		":START_ID(甲)": true, ":END_ID:int": true, ":LABEL": true, ":TYPE": true, ":IGNORE": true, "x:IGNORE": true,
		"name": false, "": false, "时间:2024": false, "name:text": false, ":id": false, "ID": false, "10:30": false, "a:string b": false,
	} {
		if got := bulk.IsHead(text); got != want {
			t.Errorf("IsHead(%q) is %v", text, got)
		}
	}
}

func TestKindOf(t *testing.T) {
	model := schema.Default()
	for _, c := range []struct {
		labels, kind, others, why string
	}{
		{"Company", "Company", "", ""},
		{"company", "Company", "", ""},
		{"企业", "Company", "", ""},
		{"task force", "TaskForce", "", ""},
		{"ST;Company;A股", "Company", "ST;A股", ""},
		{"Company;企业", "Company", "", ""},
		{"Firm", "", "Firm", `"Firm" is no kind of the vocabulary`},
		{"Firm;Bank", "", "Firm;Bank", `none of "Firm", "Bank" is a kind of the vocabulary`},
		{"Company;Person", "", "", `the labels "Company", "Person" mean both Company and Person`},
		{"", "", "", "it has no label, so nothing says what it is"},
	} {
		kind, others, why := bulk.KindOf(model.Nodes, bulk.Labels(c.labels, nil))
		name := ""
		if kind != nil {
			name = kind.Name
		}
		if name != c.kind || strings.Join(others, ";") != c.others || why.String() != c.why {
			t.Errorf("%q: kind %q, others %q, why %q", c.labels, name, others, why)
		}
	}
}

// TestCodeOf: the kinds of which a row may have nothing but its id to identify
// it. Where a name alone identifies, it does so in these files too.
func TestCodeOf(t *testing.T) {
	var kinds []string
	for _, k := range schema.Default().Nodes {
		if p := bulk.CodeOf(k); p != nil {
			kinds = append(kinds, k.Name+"."+p.Name)
		}
	}
	if want := []string{"Chain.code", "Ecosystem.code", "Link.code", "Patent.code", "Person.code"}; !slices.Equal(kinds, want) {
		t.Errorf("kinds that take an id as code are %q, want %q", kinds, want)
	}
}

func TestCode(t *testing.T) {
	for _, c := range [][4]string{
		{"名单", "", "p1", "名单:p1"},
		{"名单 2024", "人 员", " p 1 ", "名单_2024:人_员:p_1"},
	} {
		if got := bulk.Code(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("Code(%q, %q, %q) is %q", c[0], c[1], c[2], got)
		}
	}
}

// TestRead: which files are in one of the formats.
func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"a.csv", ":ID,name\n1,x\n", true},
		{"a.csv", "name,:LABEL\nx,Company\n", true},
		{"a.csv", "名单,,\n\nname,age:int,:LABEL\nx,3,Company\n", true},
		{"a.csv", "name,age:int\nx,3\n", false},
		{"a.csv", "name,x:IGNORE\nx,3\n", false},
		{"a.csv", "name,code\nx,a:int\n", false},
		{"a.json", `[{"type":"node","id":"1","labels":["A"],"properties":{"name":"x"}}]`, true},
		{"a.jsonl", `{"type":"node","id":"1"}`, true},
		{"a.jsonl", `{"type":"relationship","id":"1","label":"A","start":{"id":"1"},"end":{"id":"2"}}`, true},
		{"a.jsonl", `{"type":"relationship","id":"1","label":"A","start":{"id":"1"}}`, false},
		{"a.jsonl", `{"type":"node","id":"1","name":"x"}`, false},
		{"a.jsonl", `{"type":"企业","id":"1","properties":{"name":"x"}}`, false},
		{"a.jsonl", "\n", false},
	} {
		r, err := rows.Open(c.name, strings.NewReader(c.text), rows.Options{Heads: bulk.IsHead})
		if err != nil {
			if c.want {
				t.Error(err)
			}
			continue
		}
		if content := bulk.Read(r); (content != nil) != c.want {
			t.Errorf("%s %q: read as %v", c.name, c.text, content)
		}
	}
}
