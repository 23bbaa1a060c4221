package recognise_test

import (
	"errors"
	"strings"
	"testing"

	"liantu/loaders/recognise"
	"liantu/schema"
)

// TestKinds reads the headers of tables as offices have them. Those that are not
// clear say why.
func TestKinds(t *testing.T) {
	r := recognise.New(schema.Default())
	for _, c := range []struct{ name, header, want string }{
		// the usual exports of company databases
		{"a company database", "企业名称,登记状态,法定代表人,注册资本,成立日期,核准日期,所属省份,所属城市,所属区县,电话,更多电话,邮箱,统一社会信用代码,纳税人识别号,注册号,组织机构代码,参保人数,企业类型,所属行业,曾用名,英文名,网址,企业地址,经营范围", "Company"},
		{"a short export", "序号,公司名称,统一信用代码,经营状态,法人,注册地址", "Company"},
		{"names alone", "企业名称", "Company"},
		{"names with a place", "企业名称,所在地", "Company"},
		{"names with links", "企业名称,环节名称", "Company"},
		{"English heads", "company_name,credit_code,employees,city", "Company"},

		// the tables of an office
		{"roster", "序号,姓名,性别,籍贯,工作单位,职务,联系电话,是否同意牵线,备注", "Person"},
		{"roster with one cell for post", "姓名,籍贯,工作单位及职务,所在商会", "Person"},
		{"partners", "机构名称,机构类别,擅长领域,服务区域,联系人,联系电话", "Intermediary"},
		{"ledger", "项目名称,投资方,总投资（亿元）,拟落户地,产业链,项目进展,对接人,联系电话", "Project"},
		{"long ledger", "序号,项目名称,项目类别,投资方,投资方所在地,总投资（亿元）,固定资产投资（亿元）,用地面积,能耗,落户平台,落地区县,填补环节,签约时间,拿地时间,开工时间,投产时间,达产时间,首报单位,责任人", "Project"},
		{"targets", "专班,目标企业,主攻环节,责任人,状态,最近对接,下一步", "TaskForce"},
		{"parks", "平台名称,所属区县,主导产业,培育产业,规划面积（亩）,可供面积（亩）", "Park"},
		{"opportunities", "机遇名称,机遇类别,需求环节,发布单位,截止时间", "Opportunity"},
		{"chain map", "生态圈,产业链,上级环节,环节,上中下游,定位,上游环节,下游环节", "Link"},
		{"task forces", "专班名称,负责产业,负责地区,牵头单位", "TaskForce"},
		{"shareholders", "企业名称,股东,持股比例", "Company"},
		{"edges by ends", "from,to,revenue_share", "unclear: it may be any of MAKES, OPERATES_IN"},

		// what is something else
		{"complaints", "企业名称,诉求内容,提出时间,办理部门,联系人,联系电话,办结时间,满意度", "unclear: most of it means nothing of Company 企业"},
		{"approvals", "项目名称,项目代码,审批事项,办理部门,受理时间,办结时间,承诺时限,代办员", "unclear: most of it means nothing of Project 招商项目"},
		{"staff", "姓名,性别,出生年月,学历,专业,职称,工作单位,联系电话", "unclear: for Person 乡贤 it lacks a column such as \"同意情况\""},
		{"biographies", "name,title,company", "unclear: its heads occur in tables about anything"},
		{"officers of companies", "股票代码,公司名称,姓名,性别,职务,学历,薪酬", "unclear"},
		{"two generic heads", "名称,编号", "unclear: its heads occur in tables about anything"},
		{"name and title", "name,title", "unclear"},
		{"codes of anything", "code,name,type", "unclear: its heads occur in tables about anything"},
		{"an edge with a generic end", "link,name,proposed,from", "unclear"},
		{"levels of a chain map", "产业链,一级环节,二级环节,三级环节,上中下游", "Link"},
		{"levels without a chain", "一级环节,二级环节", "unclear: no column identifies anything"},
		{"who looks after chains", "产业链,链长,副链长,专班成员", "unclear: most of it means nothing of Chain 产业链"},
		{"staff with a native place", "姓名,性别,籍贯,部门,职务,学历,入职时间,手机", "unclear: for Person 乡贤 it lacks a column such as \"同意情况\""},
		{"visits", "企业名称,走访时间,走访人,存在问题,建议", "unclear: most of it means nothing of Company 企业"},
		{"places to eat", "名称,地址,面积,联系电话", "unclear: its heads occur in tables about anything"},
		{"nothing known", "甲,乙", "unclear: no column identifies anything"},
		{"persons among products", "产品名称,姓名", "unclear"},
	} {
		reading, err := r.Recognise(recognise.Table{Columns: strings.Split(c.header, ",")})
		got := ""
		var unclear *recognise.UnclearError
		switch {
		case errors.As(err, &unclear):
			got = "unclear: " + unclear.Why.String()
		case err != nil:
			got = err.Error()
		default:
			got = reading.Kind.Name
		}
		if got != c.want && (!strings.HasPrefix(c.want, "unclear") || !strings.HasPrefix(got, c.want)) {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// BenchmarkRecognise recognises the export of a company database.
func BenchmarkRecognise(b *testing.B) {
	r := recognise.New(schema.Default())
	columns := strings.Split("企业名称,登记状态,法定代表人,注册资本,成立日期,核准日期,所属省份,所属城市,所属区县,电话,更多电话,邮箱,统一社会信用代码,纳税人识别号,注册号,组织机构代码,参保人数,企业类型,所属行业,曾用名,英文名,网址,企业地址,经营范围", ",")
	for b.Loop() {
		if _, err := r.Recognise(recognise.Table{Columns: columns}); err != nil {
			b.Fatal(err)
		}
	}
}

// unclear returns why a table is not clear, "" if it is.
func unclear(t *testing.T, table recognise.Table) string {
	t.Helper()
	_, err := recognise.New(schema.Default()).Recognise(table)
	var e *recognise.UnclearError
	if errors.As(err, &e) {
		return e.Error()
	}
	if err != nil {
		t.Fatal(err)
	}
	return ""
}

// TestPersonsStayOutOfPublicKinds reads products beside persons.
func TestPersonsStayOutOfPublicKinds(t *testing.T) {
	why := unclear(t, recognise.Table{Columns: []string{"产品名称", "产品大类", "用途", "姓名"}})
	if !strings.Contains(why, `"姓名" is about persons, and nothing of Product 产品 is personal`) {
		t.Errorf("it is unclear because %q", why)
	}
	if why := unclear(t, recognise.Table{Columns: []string{"产品名称", "产品大类", "用途"}}); why != "" {
		t.Errorf("without persons it is unclear because %q", why)
	}
	if why := unclear(t, recognise.Table{Columns: []string{"企业名称", "统一社会信用代码", "成立日期", "姓名"}}); why != "" {
		t.Errorf("a kind that has personal properties is unclear because %q", why)
	}
}

// TestNestedTablesAreNotClear reads columns that hold lists.
func TestNestedTablesAreNotClear(t *testing.T) {
	table := recognise.Table{Columns: []string{"产业链", "环节", "定位"}}
	if why := unclear(t, table); why != "" {
		t.Errorf("a flat table is unclear because %q", why)
	}
	table.Nested = []string{"环节"}
	if why := unclear(t, table); !strings.Contains(why, `"环节" holds lists or objects`) {
		t.Errorf("it is unclear because %q", why)
	}
	table.Nested = []string{"来历"}
	if why := unclear(t, table); why != "" {
		t.Errorf("a nested column without a meaning makes it unclear because %q", why)
	}
}

// TestNamesOfFiles reads tables that are called after kinds.
func TestNamesOfFiles(t *testing.T) {
	r := recognise.New(schema.Default())
	for _, c := range []struct{ called, header, want string }{
		{"Person", "name,title,company", "Person"},
		{"企业", "名称,编号", "Company"},
		{"chain", "产业链,上级环节,环节,定位", "Link"},
		{"Chain", "code,name", "Chain"},
		{"targets", "专班,目标企业,状态", "TARGETS"},
		{"list", "code,name", "unclear"},
	} {
		reading, err := r.Recognise(recognise.Table{Called: []string{c.called}, Columns: strings.Split(c.header, ",")})
		got := "unclear"
		if err == nil {
			got = reading.Kind.Name
		}
		if got != c.want {
			t.Errorf("%s with %s is %s, want %s (%v)", c.called, c.header, got, c.want, err)
		}
	}
	_, err := r.Recognise(recognise.Table{Kind: "Link", Columns: []string{"企业名称"}})
	var header *recognise.HeaderError
	if !errors.As(err, &header) || !strings.Contains(header.Reason.String(), `"产业链", "环节"`) {
		t.Errorf("a table without what it needs gives %v", err)
	}
}
