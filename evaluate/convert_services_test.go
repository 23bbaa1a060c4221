package evaluate_test

import (
	"os"
	"path/filepath"
	"testing"

	"liantu/evaluate"
)

// TestConvertServices turns a table of offerings into services: one row for each
// firm that is named and each industry of the company, placed as deep as the
// files agree.
func TestConvertServices(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	offerings := write("ipo.csv", `ts_code,list_date,province,csrc_industry,underwriter,auditor,law_firm
600001.SH,2010-05-04,浙江,化学,甲证券,乙会计师事务所,丙律师事务所
600001.SH,2010-05-04,浙江,化学,甲证券,乙会计师事务所,丙律师事务所
000002.SZ,2011-01-02,江苏,电子,丁证券,,
000003.SZ,2012-03-04,某地,电子,,戊会计师事务所,
`)
	cities := write("cities.csv", "ts_code,province,city\n600001.SH,浙江,杭州\n000002.SZ,浙江,宁波\n")
	addresses := write("addresses.csv", "stock_code,addr_reg\n600001,浙江省宁波市海曙区某路1号\n000002,江苏省苏州市虎丘区某路2号\n")
	for _, tt := range []struct {
		name   string
		places []string
		want   string
	}{
		{"in their provinces", nil, `company,date,region,item,kind,intermediary
000002,2011-01-02,320000,电子,UNDERWRITER,丁证券
000003,2012-03-04,某地,电子,AUDITOR,戊会计师事务所
600001,2010-05-04,330000,化学,AUDITOR,乙会计师事务所
600001,2010-05-04,330000,化学,LAW_FIRM,丙律师事务所
600001,2010-05-04,330000,化学,UNDERWRITER,甲证券
`},
		{"an earlier file of places takes precedence, and none leads out of the province", []string{cities, addresses}, `company,date,region,item,kind,intermediary
000002,2011-01-02,320000,电子,UNDERWRITER,丁证券
000003,2012-03-04,某地,电子,AUDITOR,戊会计师事务所
600001,2010-05-04,330100,化学,AUDITOR,乙会计师事务所
600001,2010-05-04,330100,化学,LAW_FIRM,丙律师事务所
600001,2010-05-04,330100,化学,UNDERWRITER,甲证券
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			to := t.TempDir()
			n, err := evaluate.ConvertServices(evaluate.ServiceConversion{Offerings: offerings, Places: tt.places, To: to, Write: writeFile})
			if err != nil || n != 5 {
				t.Fatalf("%d rows, error %v", n, err)
			}
			got, err := os.ReadFile(filepath.Join(to, evaluate.ServicesFile))
			if err != nil || string(got) != tt.want {
				t.Errorf("got\n%s\nwant\n%s\nerror %v", got, tt.want, err)
			}
		})
	}
	if _, err := evaluate.ConvertServices(evaluate.ServiceConversion{Offerings: cities, To: t.TempDir(), Write: writeFile}); err == nil {
		t.Error("a table without offerings is accepted")
	}
}
