package readback

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"liantu/cli/show"
	"liantu/graph/projection"
	"liantu/schema"
)

// Notes says what of the graph an export does not hold, or not as it was stated, a
// line each; none if a load of it gives the same facts again.
func (r *Reading) Notes(l show.Language, x *Export) []string {
	var notes []string
	add := func(n int, zh, en string) {
		if n > 0 {
			notes = append(notes, l.Text(schema.Text{Zh: fmt.Sprintf("%s：%d", zh, n), En: fmt.Sprintf("%s: %d", en, n)}))
		}
	}
	if masked := x.MaskedColumns(); len(masked) > 0 {
		notes = append(notes, r.MaskedNote(l, masked)+l.Text(schema.Text{Zh: "；文件中留空", En: "; blank in the files"}))
	}
	add(x.Unidentified, "未写出的行（可见的内容不足以认定是谁）", "rows left out, since nothing that may be seen identifies what they are about")
	add(x.Unnamed, "未写出的关系（一端没有可见且不重复的编号或名称）", "edges left out, since an end has no code or name that may be seen and is its alone")
	add(x.Added, "补写的标识或必填值（该行的来源并未述及）", "identifying and required values added to rows whose source does not state them")
	add(x.Apart, "凭相近名称或判定归并的对象（重新导入时须再行认定）", "nodes that similar names or judgements joined, which a load has to join by them again")
	add(x.Joined, "重新导入时将按同名归并的企业（区分它们的判定未一并导出）", "companies that a load joins by their equal names, since no judgement that they differ is exported")
	add(x.Lost, "未写出的名称标识（另有同名企业，只写名称的行会成为又一家企业）", "names left out as identifiers, since others have them and a row of the name alone would be one more company")
	list := func(counts map[string]int, zh, en string) {
		var each []string
		for _, name := range slices.Sorted(maps.Keys(counts)) {
			each = append(each, fmt.Sprintf("%s %d", r.named(l, name), counts[name]))
		}
		if len(each) > 0 {
			notes = append(notes, l.Text(schema.Text{Zh: zh + "：" + strings.Join(each, "、"), En: en + ": " + strings.Join(each, ", ")}))
		}
	}
	list(x.NoColumn, "表中没有对应栏的关系，请按类别另行导出", "edges without a column in the table, which export by their kinds has")
	list(x.NoCell, "表中没有对应单元格的关系属性", "properties of edges without a cell in the table")
	return notes
}

// named is a kind, or a property as in Person.phone, in words.
func (r *Reading) named(l show.Language, name string) string {
	kind, property, _ := strings.Cut(name, ".")
	k := r.model.Kind(kind)
	if p := k.Property(property); p != nil {
		return l.Text(k.Label) + " " + l.Text(p.Label)
	}
	return l.Text(k.Label)
}

// About says of which graph an export is, and when and for whom it was made.
func (r *Reading) About(l show.Language, day time.Time) string {
	p, role, on := r.picture, r.Caller.Identity.Policy(), day.Format(time.DateOnly)
	return l.Text(schema.Text{
		Zh: fmt.Sprintf("图谱版本 %d，数据截至 %s；%s 按角色“%s”导出", p.Version(), p.DataDate(), on, role.Label.Zh),
		En: fmt.Sprintf("version %d of the graph, data to %s; exported on %s for the role %s", p.Version(), p.DataDate(), on, role.Name),
	})
}

// Meant says which nodes a name may mean, with their kinds, of an error of
// [projection.Projection.Lookup]; "" if there are none or it is another error.
func Meant(ctx context.Context, p *projection.Projection, err error) (schema.Text, error) {
	var missing *projection.NotFoundError
	if !errors.As(err, &missing) {
		return schema.Text{}, nil
	}
	hits, stopped := missing.Suggest(ctx)
	if stopped != nil || len(hits) == 0 {
		return schema.Text{}, stopped
	}
	var zh, en []string
	for _, hit := range hits {
		kind, title := p.Model().Node(p.Kind(hit.Vertex)), show.OpenTitle(p, hit.Vertex)
		zh, en = append(zh, title+"（"+kind.Label.Zh+"）"), append(en, fmt.Sprintf("%s (%s)", title, kind.Name))
	}
	if missing.Ambiguous {
		return schema.Text{
			Zh: "同名的有：" + strings.Join(zh, "、") + "；请给出编号，或用 --kind 指定类别",
			En: "so called are " + strings.Join(en, ", ") + "; give the code, or the kind with --kind",
		}, nil
	}
	return schema.Text{Zh: "您要找的是否为：" + strings.Join(zh, "、"), En: "did you mean " + strings.Join(en, ", ") + "?"}, nil
}
