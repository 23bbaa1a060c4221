package placements_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/place"
)

// judgements is a file of judgements, a line each: about, subject, link, verdict, example,
// by, day.
func judgements(lines ...string) map[string]string {
	text := "about,subject,link,verdict,example,by,source,as_of,grade\n"
	for _, l := range lines {
		cells := strings.Split(l, ",")
		text += strings.Join(cells[:6], ",") + ",review," + cells[6] + ",B\n"
	}
	return map[string]string{"PlacementJudgement.csv": text}
}

func TestWhichJudgementCounts(t *testing.T) {
	for _, c := range []struct {
		name    string
		lines   []string
		verdict place.Verdict
	}{
		{"the newest", []string{"COMPANY,清河泵业有限公司," + pumps + ",NO,,李工,2026-03-01", "COMPANY,清河泵业有限公司," + pumps + ",YES,,王工,2026-03-02"}, place.Yes},
		{"the newest, by whatever name", []string{"COMPANY,清河泵业有限公司," + pumps + ",YES,,李工,2026-03-01", "COMPANY,91330100MA2AAAAA0B,泵,NO,,王工,2026-03-02"}, place.No},
		{"of one day no before partly", []string{"COMPANY,清河泵业有限公司," + pumps + ",NO,,王工,2026-03-01", "COMPANY,清河泵业有限公司," + pumps + ",PARTLY,,李工,2026-03-01"}, place.No},
		{"of one day partly before yes", []string{"COMPANY,清河泵业有限公司," + pumps + ",PARTLY,,李工,2026-03-01", "COMPANY,清河泵业有限公司," + pumps + ",YES,,王工,2026-03-01"}, place.Partly},
		{"another by the same person", []string{"ITEM,离心泵," + pumps + ",NO,,李工,2026-03-01", "ITEM,离心泵," + pumps + ",YES,,李工,2026-03-04"}, place.Yes},
	} {
		store := open(t)
		load(t, store, judgements(c.lines...))
		j := placements.ReadJudgements(see(t, store))
		if j.Count != 1 || len(j.Lost) != 0 {
			t.Errorf("%s: %d count, %d lost", c.name, j.Count, len(j.Lost))
		}
		p, _, _, _ := run(t, store)
		confirmed := len(edgesOf(t, p, projection.OperatesIn, "清河泵业有限公司")) == 1
		if confirmed != (c.verdict == place.Yes) {
			t.Errorf("%s: confirmed %v", c.name, confirmed)
		}
	}
}

func TestJudgementsThatNameNothing(t *testing.T) {
	store := open(t)
	load(t, store, judgements("COMPANY,无此有限公司,"+pumps+",YES,,李工,2026-03-01", "COMPANY,清河泵业有限公司,none.such,NO,,李工,2026-03-01", "ITEM,离心泵,"+pumps+",YES,无此有限公司,李工,2026-03-01"))
	p, answer, _, _ := run(t, store)
	if m := answer.Method; m.Judgements.Count != 1 || len(m.Judgements.Lost) != 2 || m.Lesson.Teach+m.Lesson.HeldBack != 0 {
		t.Errorf("%+v, %+v", m.Judgements, m.Lesson)
	}
	if got := edgesOf(t, p, projection.OperatesIn, "清河泵业有限公司"); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestWhatJudgementsWrite(t *testing.T) {
	store := open(t)
	before, _, _, _ := run(t, store)
	load(t, store, judgements(
		"COMPANY,黄石机电有限公司,"+pumps+",YES,,李工,2026-05-01",
		"COMPANY,静默有限公司,"+pumps+",YES,,李工,2026-05-02",
		"COMPANY,清河泵业有限公司,"+pumps+",NO,,李工,2026-05-01",
		"ITEM,食品销售,"+pumps+",YES,白水商贸有限公司,李工,2026-05-01",
		"COMPANY,赤水泵业有限公司,"+pumps+",YES,,李工,2026-05-01",
	))
	p, answer, _, _ := run(t, store)
	for company, want := range map[string][]string{
		"黄石机电有限公司": {pumps + " review B 2026-05-01"},
		"静默有限公司":   {pumps + " review B 2026-05-02"},
		"清河泵业有限公司": nil,
		"白水商贸有限公司": {pumps + " placement C 2026-03"},
		"赤水泵业有限公司": nil, // it is no more
	} {
		if got := edgesOf(t, p, projection.OperatesIn, company); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", company, got, want)
		}
	}
	if p.DataDate() != before.DataDate() {
		t.Errorf("a judgement is taken for data: they are as of %s, %s before", p.DataDate(), before.DataDate())
	}
	if got := edgesOf(t, p, projection.MayOperate, "黄石机电有限公司"); got != nil {
		t.Errorf("what was judged is still for review: %v", got)
	}
	if l := answer.Method.Lesson; l.Teach+l.HeldBack != 3 || l.Missed != 1 || l.Refused != place.TooFew {
		t.Errorf("%+v", l) // of the silent nothing is learned, and the dead teaches
	}
	loads, err := store.Loads(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range loads {
		if l.Source == "review" {
			if _, err := store.Undo(t.Context(), l.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	after, _, _, _ := run(t, store)
	for _, company := range []string{"清河泵业有限公司", "黄石机电有限公司", "静默有限公司", "白水商贸有限公司"} {
		if a, b := edgesOf(t, before, projection.OperatesIn, company), edgesOf(t, after, projection.OperatesIn, company); !slices.Equal(a, b) {
			t.Errorf("%s: %v before, %v after the judgements were taken back", company, a, b)
		}
	}
}

// questions returns what is put to people, a line each, before anything is written.
func questions(t *testing.T, store graph.Store) (out []string) {
	t.Helper()
	p := see(t, store)
	list, err := placements.QuestionsOf(t.Context(), p, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range list {
		name := strings.TrimPrefix(p.Code(q.Link), "general-machinery.fluid-machinery.")
		out = append(out, fmt.Sprintf("%s %s at %s: %d companies, %d cities", q.Purpose, q.Subject(p), name, len(q.Companies), q.Flips))
	}
	return out
}

func TestQuestions(t *testing.T) {
	store := open(t)
	load(t, store, map[string]string{
		"Link.csv":    "code,name,keywords,source,as_of,grade\ngeneral-machinery.fluid-machinery.valves,阀门,球阀;减压阀,plan,2026,B\n",
		"PART_OF.csv": "from_kind,from,to_kind,to,source,as_of,grade\nLink,general-machinery.fluid-machinery.valves,Link,general-machinery.fluid-machinery,plan,2026,B\n",
		"Company.csv": "name,uscc,status,industry,business_scope,source,as_of,grade\n" +
			"一号有限公司,91330100MA2AAABA01,ACTIVE,泵及真空设备制造,离心泵批发,list,2026-03,B\n" +
			"二号有限公司,91330100MA2AAABB9X,ACTIVE,泵及真空设备制造,离心泵批发,list,2026-03,B\n" +
			"三号有限公司,91330100MA2AAABC7Q,ACTIVE,泵及真空设备制造,离心泵批发,list,2026-03,B\n" +
			"四号有限公司,91330100MA2AAABD5K,ACTIVE,阀门和旋塞制造,球阀批发,list,2026-03,B\n" +
			"五号有限公司,91330100MA2AAABE3E,ACTIVE,阀门和旋塞制造,球阀批发,list,2026-03,B\n",
		"LOCATED_IN.csv": "from_kind,from,to_kind,to,source,as_of,grade\n" +
			"Company,91330100MA2AAAAA0B,Region,330106,list,2026-03,B\n" + // a maker of pumps in Hangzhou
			"Company,91330100MA2AAABA01,Region,330106,list,2026-03,B\nCompany,91330100MA2AAABB9X,Region,330108,list,2026-03,B\nCompany,91330100MA2AAABC7Q,Region,330100,list,2026-03,B\n" +
			"Company,91330100MA2AAABD5K,Region,330106,list,2026-03,B\nCompany,91330100MA2AAABE3E,Region,340100,list,2026-03,B\n",
	})
	want := []string{
		"SETTLE 球阀批发 at valves: 2 companies, 2 cities",
		"SETTLE 离心泵批发 at pumps: 3 companies, 0 cities",
		"SETTLE 91330100MA2AAAACX7 at pumps: 1 companies, 0 cities", // its class alone, and no place
		"CHECK 91330100MA2AAAAA0B at pumps: 1 companies, 0 cities",
	}
	if got := questions(t, store); !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	load(t, store, judgements("ITEM,球阀批发,general-machinery.fluid-machinery.valves,NO,四号有限公司,李工,2026-05-01", "COMPANY,清河泵业有限公司,"+pumps+",YES,,李工,2026-05-01"))
	for _, q := range questions(t, store) {
		if strings.Contains(q, "球阀批发") || strings.Contains(q, "CHECK") {
			t.Errorf("what was judged is asked again: %s", q)
		}
	}
}

func TestAsk(t *testing.T) {
	store := open(t)
	load(t, store, map[string]string{"LOCATED_IN.csv": "from_kind,from,to_kind,to,source,as_of,grade\n" +
		"Company,91330100MA2AAAAA0B,Region,330100,list,2026-03,B\nCompany,91330100MA2AAAACX7,Region,340100,list,2026-03,B\n"})
	p := see(t, store)
	for _, c := range []struct {
		name  string
		query placements.Query
		want  int
	}{
		{"all", placements.Query{}, 2},
		{"a region", placements.Query{Region: "浙江"}, 1},
		{"a company", placements.Query{Company: "黄石机电有限公司"}, 1},
		{"a company elsewhere", placements.Query{Company: "黄石机电有限公司", Region: "330100"}, 0},
		{"a company that is no more", placements.Query{Company: "赤水泵业有限公司"}, 0},
		{"a company that says nothing", placements.Query{Company: "静默有限公司"}, 0},
		{"a link", placements.Query{Link: "泵"}, 2},
		{"the link above", placements.Query{Link: "流体机械"}, 2},
		{"an outcome", placements.Query{Outcome: place.Review}, 1},
	} {
		list, err := placements.Ask(t.Context(), p, c.query)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if len(list.Found) != c.want {
			t.Errorf("%s: %d, want %d", c.name, len(list.Found), c.want)
		}
	}
	for _, q := range []placements.Query{{Region: "无此地"}, {Company: "无此公司"}, {Link: "none.such"}, {Precision: .999}} {
		if _, err := placements.Ask(t.Context(), p, q); err == nil {
			t.Errorf("%+v: no error", q)
		}
	}
}
