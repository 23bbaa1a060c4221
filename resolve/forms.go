package resolve

import (
	"slices"
	"strings"
)

// Form is the class of a legal form. Names that differ only in how they write
// the form, such as 有限责任公司 and 有限公司, are of one class.
type Form string

// The classes of legal forms.
const (
	FormNone        Form = ""            // the name has none, as short names do
	FormStock       Form = "stock"       // 股份有限公司, 股份公司, and 股份 at the end of a short name
	FormLimited     Form = "limited"     // 有限公司, 有限责任公司
	FormCompany     Form = "company"     // 公司, 总公司, 企业, company, which say less
	FormPartnership Form = "partnership" // 合伙企业, (有限合伙), (普通合伙)
	FormTrader      Form = "trader"      // 个体工商户, 个人独资企业
	// The class of a foreign form is its abbreviation: ltd, inc, gmbh.
)

// foreign reports whether the form is that of a foreign law.
func (f Form) foreign() bool {
	switch f {
	case FormNone, FormStock, FormLimited, FormCompany, FormPartnership, FormTrader:
		return false
	}
	return true
}

// legalForm is one spelling of a form at the end of a name.
type legalForm struct {
	text  string
	class Form
	group bool // it says that the company is a group
	full  bool // it ends a registered name, not a short one
}

// legalForms is a list made for this package, longest first.
var legalForms = func() []legalForm {
	list := []legalForm{
		{"股份有限公司", FormStock, false, true},
		{"股份有限责任公司", FormStock, false, true},
		{"股份公司", FormStock, false, true},
		{"股份", FormStock, false, false},
		{"有限责任公司", FormLimited, false, true},
		{"有限公司", FormLimited, false, true},
		{"责任有限公司", FormLimited, false, true},
		{"总公司", FormCompany, false, true},
		{"公司", FormCompany, false, true},
		{"株式会社", FormCompany, false, true},
		{"合伙企业", FormPartnership, false, true},
		{"合伙企业有限合伙", FormPartnership, false, true},
		{"合伙企业普通合伙", FormPartnership, false, true},
		{"有限合伙", FormPartnership, false, true},
		{"普通合伙", FormPartnership, false, true},
		{"特殊普通合伙", FormPartnership, false, true},
		{"个体工商户", FormTrader, false, true},
		{"个人独资企业", FormTrader, false, true},
		{"个人独资", FormTrader, false, true},
	}
	for _, f := range slices.Clone(list) {
		if strings.HasSuffix(f.text, "公司") || f.text == "股份" {
			f.group = true
			f.text = "集团" + f.text
			list = append(list, f)
		}
	}
	list = append(list, legalForm{"集团", FormNone, true, false}, legalForm{"集团企业", FormNone, true, false})
	slices.SortStableFunc(list, func(a, b legalForm) int { return len(b.text) - len(a.text) })
	return list
}()

// bracketForms are the parts of forms that stand in brackets inside a name.
var bracketForms = map[string]bool{
	"集团": true, "股份": true, "控股": true, "有限合伙": true, "普通合伙": true, "特殊普通合伙": true,
	"个体工商户": true, "个人独资": true, "有限": true, "有限公司": true, "有限责任公司": true, "股份有限公司": true, "公司": true,
}

// branchSorts are the suffixes of a branch after the name of its company.
var branchSorts = []string{
	"分公司", "子公司", "办事处", "代表处", "分行", "支行", "营业部", "营业厅", "分店", "门店", "分厂", "分院", "分所", "分部", "事业部", "项目部", "经营部", "服务部",
}

// cutForm takes the legal form off the end of a folded name.
func cutForm(name string) (stem string, form legalForm) {
	for _, f := range legalForms {
		if rest, ok := strings.CutSuffix(name, f.text); ok && rest != "" {
			return rest, f
		}
	}
	return name, legalForm{}
}

// cutBranch splits the name of a branch from that of its company:
// 中国农业银行股份有限公司绍兴分行 is the branch 绍兴分行.
func cutBranch(name string) (company, branch string) {
	for _, sort := range branchSorts {
		if !strings.HasSuffix(name, sort) {
			continue
		}
		stem := strings.TrimSuffix(name, sort)
		if at := strings.LastIndex(stem, "公司"); at > 0 {
			at += len("公司")
			return name[:at], name[at:]
		}
		if strings.HasSuffix(sort, "公司") && stem != "" {
			return stem, sort
		}
	}
	return name, ""
}
