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

// printsDocument is the annotation of a command whose answer can be a document.
const printsDocument = "prints document"

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
	if picture != nil && picture.Past() { // so that nobody takes the file for one of today
		asked.Subjects = append(asked.Subjects, e.text(schema.Text{Zh: "截至", En: "as of "})+picture.AsOf())
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
		command += " " + show.ShellWord(arg)
	}
	shared := q.cmd.InheritedFlags()
	q.cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name == "format" || f.Name == "out" || shared.Lookup(f.Name) != nil {
			return
		}
		text := strings.Trim(f.Value.String(), "[]")
		if f.NoOptDefVal == "" {
			command += " --" + f.Name + " " + show.ShellWord(text)
		} else { // such a flag takes no word behind it
			command += " --" + f.Name + "=" + text
		}
		name := show.FlagNames[f.Name]
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
