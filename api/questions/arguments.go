package questions

import (
	"github.com/graphql-go/graphql"

	"liantu/api/fields"
	"liantu/graph/area"
	"liantu/graph/projection"
	"liantu/graph/tuning"
	"liantu/schema"
)

// identifiedBy says how a node of a kind can be named, for the descriptions of arguments.
var identifiedBy = map[string]schema.Text{
	projection.Region:      {En: "Its GB/T 2260 code, name or id.", Zh: "GB/T 2260 行政区划代码、名称或标识。"},
	projection.Company:     {En: "Its stock code with or without exchange, USCC, LEI, any of its names, or id.", Zh: "证券代码（可不带交易所）、统一社会信用代码、LEI、任一名称或标识。"},
	projection.Link:        {En: "Its code, name or id.", Zh: "环节编号、名称或标识。"},
	projection.Chain:       {En: "Its code, name or id.", Zh: "产业链编号、名称或标识。"},
	projection.Ecosystem:   {En: "Its code, name or id.", Zh: "生态圈编号、名称或标识。"},
	projection.Opportunity: {En: "Its code, name or id.", Zh: "机遇编号、名称或标识。"},
	projection.Person:      {En: "The code in the roster or the id; people are not found by name.", Zh: "名册编号或标识；不按姓名查找。"},
}

// idArgument declares an argument that names one node of a kind.
func idArgument(b *fields.Builder, name, kind string, must bool, en, zh string) fields.Argument {
	var t graphql.Input = b.Scalars.ID
	if must {
		t = fields.Required(b.Scalars.ID)
	}
	return fields.Arg(name, t, en+" "+identifiedBy[kind].En, zh+identifiedBy[kind].Zh)
}

// idsArgument declares an argument that names several nodes of a kind.
func idsArgument(b *fields.Builder, name, kind string, must bool, en, zh string) fields.Argument {
	var t graphql.Input = graphql.NewList(fields.Required(b.Scalars.ID))
	if must {
		t = fields.Required(t)
	}
	return fields.Arg(name, t, en+" "+identifiedBy[kind].En, zh+identifiedBy[kind].Zh)
}

// scopeArguments say which links are asked about.
func scopeArguments(b *fields.Builder) []fields.Argument {
	return []fields.Argument{
		idArgument(b, "ecosystem", projection.Ecosystem, false, "Only links of this ecosystem.", "仅此生态圈的环节："),
		idArgument(b, "chain", projection.Chain, false, "Only links of this chain.", "仅此产业链的环节："),
		idArgument(b, "link", projection.Link, false, "Only this link and those below it.", "仅此环节及其下级："),
	}
}

// scopeOf reads them, as ids, so that of a chain and a link with the same name
// the one is found that the argument names.
func scopeOf(rq *fields.Request, a fields.Args) ([]string, error) {
	return scopeIn(rq.Picture.Graph, a)
}

// scopeIn reads them in a picture.
func scopeIn(p *projection.Projection, a fields.Args) ([]string, error) {
	var scope []string
	for _, by := range []struct{ argument, kind string }{
		{"ecosystem", projection.Ecosystem}, {"chain", projection.Chain}, {"link", projection.Link},
	} {
		if text := a.Text(by.argument); text != "" {
			v, err := p.Lookup(text, by.kind)
			if err != nil {
				return nil, err
			}
			scope = append(scope, string(p.ID(v)))
		}
	}
	return scope, nil
}

// levelsArgument selects the links that have a row.
func levelsArgument(b *fields.Builder) fields.Argument {
	return fields.Arg("levels", b.Enum("LinkLevels"),
		"Which links have a row; LEAVES when omitted.", "哪些环节单列，默认末级环节（LEAVES）；全部层级用 ALL。")
}

// population declares the argument population.
func population(b *fields.Builder) fields.Argument {
	return fields.Arg("population", b.Enum("Population"),
		"The population that the question names: absence and strength are judged by it alone, presence is still of everybody known. All when omitted, so that the widest comparable one counts.",
		"所问口径：缺失与强弱仅按此口径判断，有无仍看全部已知企业。不填则各口径都算，取最宽可比者。")
}

// settingsFor returns the settings of a question with the population that it names.
func settingsFor(rq *fields.Request, a fields.Args) tuning.Settings {
	s := rq.Service.Settings
	s.Population, _ = a["population"].(area.Population)
	return s
}

// minGrade declares the argument minGrade.
func minGrade(b *fields.Builder) fields.Argument {
	return fields.Arg("minGrade", b.Enum("Grade"),
		"The weakest grade of evidence that counts; as the service is set when omitted.", "计入的最低证据等级，不填按服务设置。")
}
