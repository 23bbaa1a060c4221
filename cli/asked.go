package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"liantu/cli/show"
	"liantu/graph/projection"
	"liantu/schema"
)

// The annotations of a command with the title of its answer.
const (
	titleZh = "title zh"
	titleEn = "title en"
)

// namesNode is the annotation of a command whose arguments name a node.
const namesNode = "names node"

// asked is the question of a command's answer.
func (e *env) asked(cmd *cobra.Command, picture *projection.Projection) show.Asked {
	q := question{env: e, cmd: cmd, picture: picture}
	asked := show.Asked{
		Title:   e.text(schema.Text{Zh: cmd.Annotations[titleZh], En: cmd.Annotations[titleEn]}),
		Program: e.version(), Picture: picture,
	}
	for _, s := range subjects {
		if f := cmd.Flags().Lookup(s.flag); f != nil && f.Changed {
			asked.Subjects = append(asked.Subjects, q.subject(s.kind, f))
		}
	}
	if _, ok := cmd.Annotations[namesNode]; ok && picture != nil {
		if v, err := lookupNode(picture, cmd.Flags().Args(), flagText(cmd, "kind")); err == nil {
			asked.Subjects = append(asked.Subjects, q.shortName(v))
		}
	}
	asked.Conditions, asked.Command = q.conditions()
	asked.Reference = q.reference()
	return asked
}

// question is what was asked, by the flags of a command.
type question struct {
	*env
	cmd     *cobra.Command
	picture *projection.Projection // nil for none
}

// subjects are the flags that say what a question is about, in the order in
// which a file is named after them, with the kind of node that each names.
var subjects = []struct{ flag, kind string }{
	{"region", projection.Region},
	{"regions", projection.Region},
	{"ecosystem", projection.Ecosystem},
	{"chain", projection.Chain},
	{"link", projection.Link},
	{"company", projection.Company},
	{"partner", projection.Intermediary},
	{"task-force", projection.TaskForce},
}

// subject is the short names of the nodes that a flag names.
func (q *question) subject(kind string, f *pflag.Flag) string {
	texts := []string{f.Value.String()}
	if list, ok := f.Value.(pflag.SliceValue); ok {
		texts = slices.Clone(list.GetSlice())
	}
	for i, text := range texts {
		if q.picture == nil {
			break
		}
		if v, err := q.picture.Lookup(text, kind); err == nil {
			texts[i] = q.shortName(v)
		}
	}
	const most = 3
	if len(texts) > most {
		texts = append(texts[:most], q.text(schema.Text{Zh: "等", En: "etc"}))
	}
	return strings.Join(texts, "-")
}

// shortName is the short name of a place or a company, else the name of a node.
func (q *question) shortName(v projection.Vertex) string {
	switch p := q.picture; p.Kind(v) {
	case projection.Region, projection.Company:
		if short := p.Text(v, "short_name"); short != "" {
			return short
		}
	}
	return q.language.Name(q.picture, v)
}

// conditions are the flags that were given, and the command that repeats the
// question. Flags that every command has are left out.
func (q *question) conditions() (conditions []string, command string) {
	command = q.cmd.CommandPath()
	for _, arg := range q.cmd.Flags().Args() {
		command += " " + shellWord(arg)
	}
	shared := q.cmd.InheritedFlags()
	q.cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name == "format" || f.Name == "out" || shared.Lookup(f.Name) != nil {
			return
		}
		text := strings.Trim(f.Value.String(), "[]")
		if f.NoOptDefVal == "" {
			command += " --" + f.Name + " " + shellWord(text)
		} else { // such a flag takes no word behind it
			command += " --" + f.Name + "=" + text
		}
		name := flagNames[f.Name]
		if name == "" || q.language != show.Chinese {
			name = f.Name
		}
		conditions = append(conditions, name+": "+q.yesOrNo(f, text))
	})
	return conditions, command
}

// yesOrNo is the value of a flag, in a word where it is a switch.
func (q *question) yesOrNo(f *pflag.Flag, text string) string {
	if f.Value.Type() != "bool" {
		return text
	}
	if text == "true" {
		return q.text(schema.Text{Zh: "是", En: "yes"})
	}
	return q.text(schema.Text{Zh: "否", En: "no"})
}

// shellWord is a text as one word of a shell, in quotes where it needs them.
func shellWord(text string) string {
	if text != "" && !strings.ContainsAny(text, " \t\n'\"`\\$&|;<>()[]{}*?!#~") {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// reference is the area that the numbers are compared with, where they are.
func (q *question) reference() string {
	for _, name := range []string{"reference", "peers"} {
		f := q.cmd.Flags().Lookup(name)
		if f == nil || f.Value.Type() != "stringSlice" {
			continue
		}
		if f.Changed {
			return q.subject(projection.Region, f)
		}
		return q.text(schema.Text{Zh: "全国", En: "the whole country"})
	}
	return ""
}

// flagNames are the Chinese names of the conditions of a question.
var flagNames = map[string]string{
	"region": "地区", "regions": "地区", "ecosystem": "生态圈", "chain": "产业链", "link": "环节", "peers": "参照地区",
	"reference": "参照地区", "min-grade": "最低证据等级", "state": "状态", "action": "动作", "order-by": "排序", "limit": "行数上限",
	"as-of": "截至日期", "since": "起点", "company": "企业", "person": "人员编号", "layer": "图层", "land": "落地企业",
	"leave": "迁出企业", "close": "注销企业", "kind": "类别", "property": "属性", "task-force": "专班", "partner": "中介机构",
	"per-need": "每项需求的机构数", "min-score": "最低得分", "stale-years": "陈旧年限",
	"why": "逐条说明", "with-empty": "含全国未见环节", "purpose": "用途", "exclude": "排除企业",
	"source": "数据来源", "grade": "证据等级", "batch": "批次名称", "mapping": "映射", "sheet": "工作表", "header-row": "表头行",
	"encoding": "编码", "assert": "导入断言", "rejects": "退回文件", "dry-run": "试运行", "names": "按名称认企业",
}
