// Package placing places the companies of a picture for the commands of the program and
// says what became of it.
//
// Only package cli may import placing.
package placing

import (
	"context"
	"fmt"
	"time"

	"liantu/cli/service"
	"liantu/cli/settings"
	"liantu/graph"
	"liantu/graph/placements"
	"liantu/graph/projection"
	"liantu/message"
	"liantu/place"
	"liantu/schema"
)

// Precision is the part of the confirmed placements that is to be right if nothing else is
// asked for.
const Precision = .9

// Run places the companies of an area by their words and by the judgements of the picture.
func Run(ctx context.Context, p *projection.Projection, area string, precision float64) (*placements.Answer, error) {
	method, err := placements.NewMethod(p, precision)
	if err != nil {
		return nil, err
	}
	return placements.Run(ctx, p, method, area)
}

// Area is the area code of a region by code or name, that of the country for "".
func Area(p *projection.Projection, region string) (string, error) {
	if region == "" {
		return projection.Country, nil
	}
	v, err := p.Lookup(region, projection.Region)
	if err != nil {
		return "", err
	}
	return p.AreaOf(v), nil
}

// Again returns the areas to place anew: a region where one is asked for, else those of the
// placements that stand, else the country.
func Again(ctx context.Context, s *settings.Settings, p *projection.Projection, region string) (areas []string, err error) {
	if region == "" {
		err = service.WithStore(ctx, s, func(store graph.Store) (err error) {
			areas, err = placements.Areas(ctx, store)
			return err
		})
	}
	if err != nil || len(areas) > 0 {
		return areas, err
	}
	area, err := Area(p, region)
	return []string{area}, err
}

// Write writes an answer to the store of the settings, and says what became of it.
func Write(ctx context.Context, s *settings.Settings, p *projection.Projection, answer *placements.Answer) (schema.Text, error) {
	var id string
	var again bool
	err := service.WithStore(ctx, s, func(store graph.Store) (err error) {
		id, again, err = placements.Write(ctx, store, p, answer, placements.Frames(p), time.Now())
		return err
	})
	switch {
	case err != nil:
		return schema.Text{}, err
	case again:
		return schema.Text{Zh: "图谱中已是这些挂链结果，未改动", En: "the graph holds these placements already; nothing was changed"}, nil
	case id == "":
		return schema.Text{
			Zh: "没有可读的企业自述，未写入；请导入主营产品、主营业务或经营范围",
			En: "no company says anything of itself, so nothing was written; load main products, main business or business scope",
		}, nil
	}
	return schema.Text{
		Zh: fmt.Sprintf("已写入批次 %s；撤回：liantu undo %s", id, id),
		En: fmt.Sprintf("written as load %s; liantu undo %s takes it back", id, id),
	}, nil
}

// Explain returns the placements of a company with their points.
func Explain(p *projection.Projection, company projection.Vertex, precision float64) ([]place.Explanation, error) {
	method, err := placements.NewMethod(p, precision)
	if err != nil {
		return nil, err
	}
	list, ok := method.Explain(p, company)
	if !ok {
		return nil, message.As(graph.ErrInvalid, "company %q: the graph holds no main products, main business or business scope of it", p.Caption(company))
	}
	return list, nil
}
