package resolve_test

import (
	"strings"
	"testing"

	"liantu/resolve"
)

// lines returns the names of a text that are separated by two spaces or a line
// break.
func lines(text string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(text, "  ", "\n"), func(r rune) bool { return r == '\n' || r == '\t' })
}

func TestAnonymous(t *testing.T) {
	for _, name := range lines(`
		供应商1  供应商 1  供应商一  供应商（一）  供应商 A  供应商甲  供应商第1名  供应商１  供应商101  供应商十二  第一大供应商  第1大供应商  前五名供应商  前五大客户合计  主要供应商A
		客户A  客户 B  客户甲  客户Ⅱ  客户AA  客户A1  甲客户  1号客户  第一名  第2名  第十名  第12名  第一  前五名  第一位  第一大股东
		公司A  公司一  A公司  甲公司  乙公司  某公司  单位一  单位1  企业B  法人1  H  h  Ｈ  1  12  甲  一
		非关联方1  非关联方  关联方A  非关联第三方  自然人1  自然人甲  境外自然人  境外客户A  甲方  乙方  子公司1  股东A
		供应商  客户  公司  本公司  发行人  母公司  其他  其它  其他客户  合计  总计  小计  无  保密  未披露  不适用  ——  /
		第一大客户  客户第一名  公司甲（关联方）  甲公司（非关联方）  客户A（注1）  客户一及其关联方  B公司及其子公司  前五名供应商小计  供应商No.1  No.1  Top 1  1#  排名第一  最大客户  其余
		A集团  甲集团  B银行  某上市公司  A电子有限公司  C科技股份有限公司  个人A  境外供应商一  某国企
		Supplier 1  Customer A  company b  Vendor 3  N/A  Others  Total  Undisclosed`) {
		if !resolve.Anonymous(name) {
			t.Errorf("%q is taken for the name of a company", name)
		}
	}
	for _, name := range lines(`
		第一创业证券股份有限公司  第一创业  第一医药  第一拖拉机股份有限公司  第一名教育科技有限公司  中国第一汽车  一汽  二汽  三一重工  三一集团  三一公司  九三集团  三九集团  五一公司  六一公司  一心堂  一品红  七匹狼  八一钢铁
		客户通科技  客户通  供应链管理有限公司  怡亚通供应链  供应商联盟网  公司宝科技有限公司  单位云科技  甲骨文  甲骨文公司  甲有限公司  乙股份有限公司  丙有限责任公司  甲天下  乙方科技有限公司  丁丁  丙申电子  十方控股
		H3C  A.O.史密斯  A8音乐  小米  3M公司  3M  GE  GE公司  IT公司  LG  HP  TCL  58同城  58  360  1688  51信用卡  1号店  无限极  无锡先导  其乐  合计算机有限公司  个人图书馆  自然人生物科技  未知君  保密通科技
		第一银行  第一集团  第一医院  第一工厂  三集团  E签宝  B站  V科技  G7物联  A公馆有限公司  甲骨文（中国）有限公司  客户宝（关联方）  星河电子及其关联方  No.1 Ltd  Topsec  Noah Holdings  甲天下银行  乙烯科技有限公司  丁香园  丙酮化工有限公司
		Company Boutique  Customer Care Ltd  Total Energies  Unit4  Group 1 Automotive  Other World Ltd  X Corp.  A股  B站  星河光电股份有限公司  中铁一局`) {
		if resolve.Anonymous(name) {
			t.Errorf("%q is taken for a placeholder", name)
		}
	}
	if resolve.Anonymous("") || resolve.Anonymous("  ") {
		t.Error("a blank cell is taken for a placeholder")
	}
}

func TestMasked(t *testing.T) {
	for _, name := range lines(`
		三角***份限公司  三角*份限公司  三角＊＊份限公司  *河光电  ***  某某公司  某公司  浙江某科技有限公司  张某  XX公司  xx科技有限公司  ＸＸＸ有限公司  北京XX有限公司  ××集团  ×公司  张×  ○○公司  □□电子
		????有限公司  ？？科技  星河�电  ____公司  A**** Ltd  XX Trading Ltd  ##公司  湖北省某部  星河**  星河*`) {
		if !resolve.Masked(name) {
			t.Errorf("%q has no masked part", name)
		}
	}
	for _, name := range lines(`
		*ST国华  *st国华  S*ST国华  E*TRADE  A*STAR  星河光电股份有限公司  星河光电股份有限公司*  星河光电股份有限公司**  Exxon  XXVI Holdings  Xerox  SpaceX  X Corp.  FedEx  Axxess  4*4俱乐部  七〇一研究所  二〇〇八科技  四○一厂
		Yahoo?  A×B  No.#1 Ltd  谋士科技  梅花生物  SX科技  星X科技`) {
		if resolve.Masked(name) {
			t.Errorf("%q is taken for a masked name", name)
		}
	}
	if resolve.Masked("") {
		t.Error("a blank cell is taken for a masked name")
	}
}
