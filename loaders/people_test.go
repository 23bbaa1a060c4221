package loaders_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"liantu/graph"
	"liantu/loaders"
	"liantu/loaders/names"
	"liantu/schema"
)

// roster are the options of a load of persons.
func roster(s graph.Store, rows ...string) loaders.Options {
	o := namesOptions(s, map[string]string{"Person.csv": "code,name,phone,gender,native_region,employer,consent\n" + strings.Join(rows, "\n") + "\n"})
	o.Names = false
	return o
}

// persons returns what is shown of each person, in the order of their keys.
func persons(t *testing.T, s graph.Store, properties ...string) []string {
	t.Helper()
	var list []string
	_, err := s.Changes(t.Context(), 0, func(c graph.Change) error {
		if c.Node != nil && c.Node.Kind == names.PersonKind {
			text := make([]string, len(properties))
			for i, p := range properties {
				v, _ := c.Node.Get(p)
				text[i] = schema.FormatValue(v)
			}
			list = append(list, strings.Join(text, " "))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

// TestConsentOfANamesake loads two persons of one name whose lists share nothing that
// identifies them: the consent of one is not the other's.
func TestConsentOfANamesake(t *testing.T) {
	open := copiesOf(t)
	for _, tt := range []struct {
		name  string
		lists [2]string
		want  []string
	}{
		{"other telephone", [2]string{",李四,10000000031,,,,GIVEN", ",李四,10000000032,,,,"}, []string{"10000000031 GIVEN", "10000000032 "}},
		{"other telephone at one employer", [2]string{",李四,10000000031,,330681,甲厂,GIVEN", ",李四,10000000032,,330681,甲厂,"}, []string{"10000000031 GIVEN", "10000000032 "}},
		{"other sex", [2]string{",李四,,MALE,330681,甲厂,GIVEN", ",李四,,FEMALE,330681,甲厂,"}, []string{" ", " GIVEN"}},
		{"other code", [2]string{"V1,李四,10000000031,,,,GIVEN", "V2,李四,10000000031,,,,"}, []string{"10000000031 ", "10000000031 GIVEN"}},
		{"name alone", [2]string{",李四,10000000031,,330681,甲厂,GIVEN", ",李四,,,,,"}, []string{"10000000031 GIVEN"}},
		{"name and region", [2]string{",李四,10000000031,,330681,甲厂,GIVEN", ",李四,,,330681,,"}, []string{"10000000031 GIVEN"}},
		{"masked telephone", [2]string{",李四,10000000031,,330681,甲厂,GIVEN", ",李四,100****0031,,330681,,"}, []string{"10000000031 GIVEN"}},
		{"masked name", [2]string{",李四,10000000031,,330681,甲厂,GIVEN", ",李*,10000000031,,330681,甲厂,"}, []string{"10000000031 GIVEN"}},
		{"one person", [2]string{",李四,10000000031,,330681,甲厂,GIVEN", ",李四,10000000031,MALE,,,REFUSED"}, []string{"10000000031 REFUSED"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.lists {
				s := open()
				load(t, roster(s, tt.lists[i]))
				load(t, roster(s, tt.lists[1-i]))
				if got := persons(t, s, "phone", "consent"); !slices.Equal(got, tt.want) {
					t.Errorf("the persons are %q, want %q", got, tt.want)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestPersonsInAnyOrder loads rows of few values in random orders, at once and one by
// one: the graph is the same, and so it is after a further load was taken back.
func TestPersonsInAnyOrder(t *testing.T) {
	open := copiesOf(t)
	random := rand.New(rand.NewPCG(13, 2))
	of := func(list ...string) string { return list[random.IntN(len(list))] }
	for n := range 12 {
		rows := make([]string, 2+random.IntN(4))
		for i := range rows {
			rows[i] = fmt.Sprintf("%s,李四,%s,%s,330681,%s,%s", of("", "", "V1", "V2"), of("", "10000000031", "10000000032"), of("", "", "MALE", "FEMALE"), of("甲厂", "乙厂"), of("", "GIVEN"))
		}
		s := open()
		load(t, roster(s, rows...))
		want := digest(t, s)
		for range 2 {
			random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			one := open()
			for _, row := range rows {
				load(t, roster(one, row))
			}
			if got := digest(t, one); got != want {
				t.Fatalf("case %d: one by one %q are other persons: %q, at once %q", n, rows, persons(t, one, "code", "phone", "gender"), persons(t, s, "code", "phone", "gender"))
			}
			further := load(t, roster(one, fmt.Sprintf("V3,李四,1000000003%d,%s,330681,甲厂,", 1+n%2, of("MALE", "FEMALE"))))
			if _, err := one.Undo(t.Context(), further.Load); err != nil {
				t.Fatal(err)
			}
			if _, err := names.JoinAnew(t.Context(), one, schema.Default()); err != nil {
				t.Fatal(err)
			}
			if got := digest(t, one); got != want {
				t.Fatalf("case %d: after taking back a load %q are other persons", n, rows)
			}
			if err := one.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRejectsHoldNoIdentityNumber: a number that is refused as personal is in no row
// that goes back, and the rest of the row is. The number is invented.
func TestRejectsHoldNoIdentityNumber(t *testing.T) {
	const number = "110101190001010014"
	var rejected []loaders.Reject
	load(t, loaders.Options{
		Store: openStore(t), Source: "名单", AsOf: "2024",
		FS: files(map[string]string{"Company.csv": "name,uscc,employees\n," + number + ",7\n云岫光电有限公司," + number + ",8\n"}),
		Rejects: func(row loaders.Reject) error {
			rejected = append(rejected, row)
			return nil
		},
	})
	if len(rejected) == 0 {
		t.Fatal("no row goes back")
	}
	for _, row := range rejected {
		if slices.Contains(row.Cells, number) || !slices.Contains(row.Cells, "7") && !slices.Contains(row.Cells, "8") {
			t.Errorf("row %d goes back as %q", row.Row, row.Cells)
		}
		for _, f := range row.Faults {
			if strings.Contains(f.Reason+f.Value, number) {
				t.Errorf("row %d has the fault %+v", row.Row, f)
			}
		}
	}
}
