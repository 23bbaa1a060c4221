package fields

import (
	"slices"

	"github.com/graphql-go/graphql"

	"liantu/graph/projection"
	"liantu/schema"
)

// What the fields code and name of every node mean.
var (
	codeMeaning = Both("Its short code, by which it is also found: the code of a link, chain or ecosystem, six digits of GB/T 2260 for a region, the USCC of a company or else its stock code; null where it has none.",
		"编号，也可据以查找：环节、产业链、生态圈的编号，地区的 GB/T 2260 六位代码，企业的统一社会信用代码（没有则为证券代码）；无编号为 null。")
	nameMeaning = Both("Its name; that of a person is masked as its field is.", "名称；个人姓名与其本身的字段一样脱敏。")
)

// nothing serves the fields of the interface itself, which are those of the kinds.
func nothing(*Request, any, Args) (any, error) { return nil, nil }

// codeTypes are the types of properties that serve as the code of a node whose kind has
// no property of that name, best first.
var codeTypes = []schema.Type{schema.TypeCode, schema.TypeUSCC, schema.TypeStockCode, schema.TypeLEI}

// codeNames are the public properties that identify a node of a kind alone, best first.
func codeNames(k *schema.Kind) (names []string) {
	for _, t := range codeTypes {
		for _, p := range k.Properties {
			if p.Type == t && p.Sensitivity == schema.Public && slices.ContainsFunc(k.Identify, func(group []string) bool { return len(group) == 1 && group[0] == p.Name }) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// codeField is the field code of a kind without a property of that name: the first known
// of the public properties that identify a node alone.
func (b *Builder) codeField(k *schema.Kind) *graphql.Field {
	names := codeNames(k)
	return b.Field(graphql.String, codeMeaning, Get(func(rq *Request, v projection.Vertex) string {
		for _, name := range names {
			if text := rq.Picture.Graph.Text(v, name); text != "" {
				return text
			}
		}
		return ""
	}))
}
