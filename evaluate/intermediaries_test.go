package evaluate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liantu/evaluate"
)

// writeServices writes services.csv: until 2010 each city has an auditor of its
// own, and one firm is found everywhere; what comes after is as given.
func writeServices(t *testing.T, later ...string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("company,date,region,item,kind,intermediary\n")
	n := 0
	for year := 2000; year <= 2010; year++ {
		for _, city := range []string{"330100", "330200", "320500", "440300"} {
			n++
			fmt.Fprintf(&b, "c%d,%d-05-01,%s,steel,auditor,本地%s会计师事务所有限公司\n", n, year, city, city)
			fmt.Fprintf(&b, "d%d,%d-06-01,%s,steel,auditor,全国会计师事务所\n", n, year, city)
		}
	}
	b.WriteString(strings.Join(later, "\n") + "\n")
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, evaluate.ServicesFile), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func mrr(t *testing.T, folder, method string) float64 {
	t.Helper()
	r, err := evaluate.Intermediaries(folder, evaluate.IntermediaryQuestion{Cutoff: "2010-12-31", Until: "2013-12-31", Seed: 1})
	if err != nil || len(r.Kinds) != 1 || r.Kinds[0].Kind != "AUDITOR" {
		t.Fatalf("report %+v, error %v", r, err)
	}
	for _, m := range r.Kinds[0].Methods {
		if m.Name == method {
			return m.Figures[0].Value
		}
	}
	t.Fatalf("no method %q", method)
	return 0
}

// TestIntermediariesKnowThePlace checks that place ranks the local firm above the
// popular one, and that legal forms and several names in a cell are understood.
func TestIntermediariesKnowThePlace(t *testing.T) {
	folder := writeServices(t, "x1,2011-03-01,330100,steel,AUDITOR,本地330100会计师事务所(特殊普通合伙)",
		"x2,2012-03-01,440300,steel,AUDITOR,\"无名会计师事务所,本地440300会计师事务所\"")
	if ours, popular := mrr(t, folder, "ours"), mrr(t, folder, "popularity"); ours < 0.5 || popular >= ours {
		t.Errorf("ours %v, popularity %v", ours, popular)
	}
}

// TestIntermediariesKnowNothingOfTheFuture changes what comes after the cutoff
// except for the company in question; only a method that may know it gives
// another answer.
func TestIntermediariesKnowNothingOfTheFuture(t *testing.T) {
	asked := "z,2013-03-01,330100,steel,AUDITOR,新来会计师事务所"
	without := writeServices(t, asked)
	with := writeServices(t, asked, "y,2012-03-01,330100,steel,AUDITOR,新来会计师事务所")
	if a := mrr(t, without, "ours"); a != 0 {
		t.Errorf("a firm never seen before has an MRR of %v", a)
	}
	if b := mrr(t, with, "ours"); b != 0 {
		t.Errorf("a firm first seen after the cutoff has an MRR of %v", b)
	}
	if b := mrr(t, with, "ours_next_day"); b == 0 {
		t.Error("a firm seen on an earlier day is not known on the next")
	}
}

// TestIntermediariesFollowNames checks a firm that merged after the cutoff: a
// prediction of one of the firms that merged into it is right.
func TestIntermediariesFollowNames(t *testing.T) {
	folder := t.TempDir()
	text := "company,date,region,item,kind,intermediary\n"
	for year := 2008; year <= 2013; year++ {
		text += fmt.Sprintf("a%d,%d-01-05,330100,steel,UNDERWRITER,宏源证券股份有限公司\n", year, year)
	}
	text += "b,2015-06-01,330100,steel,UNDERWRITER,申万宏源证券承销保荐有限责任公司\n"
	if err := os.WriteFile(filepath.Join(folder, evaluate.ServicesFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := evaluate.Intermediaries(folder, evaluate.IntermediaryQuestion{Cutoff: "2013-12-31", Until: "2016-12-31"})
	if err != nil || r.Kinds[0].Ceiling != 1 || r.Kinds[0].Methods[2].Figures[0].Value != 1 {
		t.Errorf("%+v, error %v", r, err)
	}
}

func TestIntermediariesRefuse(t *testing.T) {
	folder := writeServices(t)
	for says, q := range map[string]evaluate.IntermediaryQuestion{
		"is not after the cutoff": {Cutoff: "2012-12-31", Until: "2011-12-31"},
		"none after":              {Cutoff: "2010-12-31", Until: "2011-12-31"},
	} {
		if _, err := evaluate.Intermediaries(folder, q); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: got error %v", q, err)
		}
	}
}
