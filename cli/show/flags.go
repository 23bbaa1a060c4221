package show

import (
	"cmp"
	"context"
	"strings"

	"liantu/graph/projection"
	"liantu/schema"
)

// ShellWord is a text as one word of a shell, in quotes where it needs them.
func ShellWord(text string) string {
	if text != "" && !strings.ContainsAny(text, " \t\n'\"`\\$&|;<>()[]{}*?!#~") {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// FlagNames are the Chinese names of the conditions of a question.
var FlagNames = map[string]string{
	"region": "地区", "regions": "地区", "ecosystem": "生态圈", "chain": "产业链", "link": "环节", "about": "关于", "peers": "参照地区",
	"reference": "参照地区", "min-grade": "最低证据等级", "state": "状态", "action": "动作", "order-by": "排序", "limit": "行数上限",
	"as-of": "截至日期", "since": "起点", "company": "企业", "person": "人员编号", "layer": "图层", "land": "落地企业",
	"leave": "迁出企业", "close": "注销企业", "kind": "类别", "property": "属性", "task-force": "专班", "partner": "中介机构",
	"per-need": "每项需求的机构数", "min-score": "最低得分", "stale-years": "陈旧年限",
	"why": "逐条说明", "with-empty": "含全国未见环节", "levels": "层级", "purpose": "用途", "exclude": "排除企业",
	"source": "数据来源", "grade": "证据等级", "batch": "批次名称", "mapping": "映射", "sheet": "工作表", "header-row": "表头行",
	"encoding": "编码", "assert": "导入断言", "rejects": "退回文件", "dry-run": "试运行", "names": "按名称认企业",
}

// flagOf are the flags that take the nodes of a kind.
var flagOf = map[string]string{
	projection.Ecosystem: "ecosystem", projection.Chain: "chain", projection.Link: "link",
	projection.Region: "region", projection.Company: "company", projection.Intermediary: "partner",
}

// Elsewhere says with which flags to give a text that was given to the wrong one, for
// each node that it is instead; the second result is false where no flag that has is
// true of takes one.
func Elsewhere(p *projection.Projection, missing *projection.NotFoundError, has func(flag string) bool) (schema.Text, bool) {
	var ways []string
	for _, h := range missing.Other {
		if flag := flagOf[p.Kind(h.Vertex)]; flag != "" && has(flag) {
			ways = append(ways, "--"+flag+" "+ShellWord(cmp.Or(p.Code(h.Vertex), missing.Text)))
		}
	}
	return schema.Text{Zh: "请用 " + strings.Join(ways, " 或 "), En: "use " + strings.Join(ways, " or ")}, len(ways) > 0
}

// Near are the nodes that a text may mean, each with its code and name, and links with
// their chain where links of several chains may be meant.
func Near(ctx context.Context, p *projection.Projection, missing *projection.NotFoundError) (near []string, err error) {
	hits, err := missing.Suggest(ctx)
	for _, hit := range hits {
		title := OpenTitle(p, hit.Vertex)
		if p.Kind(hit.Vertex) == projection.Link && missing.Ambiguous && p.ChainOf(hit.Vertex) != projection.None {
			title += " (" + OpenCaption(p, p.ChainOf(hit.Vertex)) + ")"
		}
		near = append(near, title)
	}
	return near, err
}
