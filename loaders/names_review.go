package loaders

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/resolve"
	"liantu/schema"
)

// ReviewKind says why somebody should look at two companies.
type ReviewKind string

// The kinds, most pressing first.
const (
	ReviewJoined       ReviewKind = "joined"       // judged different, and one node of the graph
	ReviewContradicted ReviewKind = "contradicted" // judged the same, which other judgements or identifiers contradict
	ReviewSame         ReviewKind = "same"         // the same by their names, and not joined yet or one of several
	ReviewAlike        ReviewKind = "alike"        // perhaps the same
	ReviewBranch       ReviewKind = "branch"       // a branch and its company: two nodes that a relation should join
)

// Label returns how people call the kind.
func (k ReviewKind) Label() schema.Text { return reviewLabels[k] }

var reviewLabels = map[ReviewKind]schema.Text{
	ReviewJoined:       {Zh: "判定不同，却已合并", En: "judged different, yet one"},
	ReviewContradicted: {Zh: "判定互相矛盾", En: "contradicted"},
	ReviewSame:         {Zh: "名称相同", En: "same by name"},
	ReviewAlike:        {Zh: "疑似同一家", En: "perhaps the same"},
	ReviewBranch:       {Zh: "分支机构", En: "branch"},
}

// ReviewItem is one pair of companies to look at.
type ReviewItem struct {
	Kind     ReviewKind       `json:"kind"`
	Left     ReviewParty      `json:"left"`
	Right    ReviewParty      `json:"right"`
	Points   float64          `json:"points"` // bits that speak for one company
	Reasons  []resolve.Reason `json:"reasons"`
	Relation resolve.Relation `json:"relation,omitempty"` // what they may be to each other instead
}

// ReviewParty is one of the two companies.
type ReviewParty struct {
	// Ref is what a judgement calls the company by: an identifier, else its
	// name, else, where several companies have the name, its key.
	Ref   string   `json:"ref"`
	Name  string   `json:"name"`
	Names []string `json:"names"` // all its names
	Codes []string `json:"codes"` // its identifiers
}

// Review lists the pairs of companies of a store that somebody should look
// at, the most pressing kind first, then those that most speaks for. Pairs
// that somebody judged are not among them, but where judgements fail. What it
// lists depends on the contents of the store alone.
func Review(ctx context.Context, store graph.Reader, model *schema.Model) ([]ReviewItem, error) {
	b, err := readBook(ctx, store, model)
	if err != nil {
		return nil, fmt.Errorf("review: %w", err)
	}
	out, err := b.settle(ctx, true)
	if err != nil {
		return nil, fmt.Errorf("review: %w", err)
	}
	list := b.companies()
	dir := newDirectory(b.kind, list)
	items := b.joined(dir, list)
	for _, part := range []struct {
		kind ReviewKind
		list []alike
	}{{ReviewContradicted, out.contradicted}, {ReviewSame, out.taken}, {ReviewAlike, out.review}, {ReviewBranch, out.branches}} {
		for _, p := range part.list {
			kind, verdict := part.kind, p.verdict()
			if kind == ReviewAlike && verdict.Band == resolve.Same {
				kind = ReviewSame // and another one is the same too
			}
			items = append(items, ReviewItem{
				Kind: kind, Left: dir.party(p.a), Right: dir.party(p.b), Points: verdict.Points,
				Reasons: verdict.Reasons, Relation: verdict.Relation,
			})
		}
	}
	rank := []ReviewKind{ReviewJoined, ReviewContradicted, ReviewSame, ReviewAlike, ReviewBranch}
	slices.SortStableFunc(items, func(x, y ReviewItem) int {
		return cmp.Or(cmp.Compare(slices.Index(rank, x.Kind), slices.Index(rank, y.Kind)), cmp.Compare(y.Points, x.Points))
	})
	return items, nil
}

// mistaken reports whether somebody judged different what is one company.
func (b *book) mistaken() bool {
	if len(b.opinions) == 0 {
		return false
	}
	list := b.companies()
	return len(b.joined(newDirectory(b.kind, list), list)) > 0
}

// joined lists the pairs that somebody judged different and that are one node.
func (b *book) joined(dir *directory, list []*entry) []ReviewItem {
	said, _ := b.judged()
	var items []ReviewItem
	for _, pair := range slices.SortedFunc(maps.Keys(said), comparePairs) {
		left, right := dir.lookup(pair[0]), dir.lookup(pair[1])
		if said[pair] == judgedDifferent && len(left) == 1 && slices.Equal(left, right) {
			party := dir.party(list[left[0]])
			other := party
			party.Ref, party.Name, other.Ref, other.Name = pair[0], pair[0], pair[1], pair[1]
			items = append(items, ReviewItem{Kind: ReviewJoined, Left: party, Right: other})
		}
	}
	return items
}

func comparePairs(x, y [2]string) int {
	return cmp.Or(strings.Compare(x[0], y[0]), strings.Compare(x[1], y[1]))
}

// party describes a company to people, and for a judgement.
func (d *directory) party(e *entry) ReviewParty {
	p := ReviewParty{Ref: e.Key, Name: e.Key, Names: []string{}, Codes: []string{}}
	for _, t := range e.Titles {
		if !slices.Contains(p.Names, t.Text) {
			p.Names = append(p.Names, t.Text)
		}
	}
	if len(e.Titles) > 0 {
		p.Name = slices.MinFunc(e.Titles, compareTitles).Text
		if len(d.byName[schema.NormalName(p.Name)]) == 1 {
			p.Ref = p.Name
		}
	}
	for _, code := range e.Codes {
		_, value, _ := strings.Cut(code, "=")
		p.Codes = append(p.Codes, value)
	}
	if len(p.Codes) > 0 {
		p.Ref = p.Codes[len(p.Codes)-1] // uscc comes last of the three kinds
	}
	return p
}
