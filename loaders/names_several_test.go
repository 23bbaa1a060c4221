package loaders_test

import "testing"

// TestJudgementOnANameOfSeveralJoinsNone judges a company the same as a name that
// two companies of different cities have, and as the name of just one.
func TestJudgementOnANameOfSeveralJoinsNone(t *testing.T) {
	const companies = "name,region\n如意纺织有限公司,330100\n如意纺织有限公司,440300\n甲山实业有限公司,330100\n远大产业有限公司,330100\n"
	for judged, want := range map[string][]string{
		"如意纺织有限公司": {"如意纺织有限公司", "如意纺织有限公司", "甲山实业有限公司", "远大产业有限公司"},
		"远大产业有限公司": {"如意纺织有限公司", "如意纺织有限公司", "甲山实业有限公司 = 远大产业有限公司"},
	} {
		s := openStore(t)
		load(t, namesOptions(s, map[string]string{
			"Company.csv": companies, "Judgement.csv": "left,right,verdict,by\n甲山实业有限公司," + judged + ",同一家,王工\n",
		}))
		wantCompanies(t, s, want...)
	}
}
