package names

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/resolve"
	"liantu/schema"
)

// ReviewKind says why two companies should be reviewed.
type ReviewKind string

// The kinds, most urgent first.
const (
	ReviewJoined       ReviewKind = "joined"       // judged different, but one node of the graph
	ReviewContradicted ReviewKind = "contradicted" // judged the same, which other judgements or identifiers contradict
	ReviewSame         ReviewKind = "same"         // the same by their names, and not joined yet or one of several
	ReviewAlike        ReviewKind = "alike"        // perhaps the same
	ReviewBranch       ReviewKind = "branch"       // a branch and its company: two nodes that a relation should join
	ReviewMerged       ReviewKind = "merged"       // joined by their names alone; a judgement of different takes it back
)

// Label returns the name of the kind in both languages.
func (k ReviewKind) Label() schema.Text { return reviewLabels[k] }

var reviewLabels = map[ReviewKind]schema.Text{
	ReviewJoined:       {Zh: "判定不同，却已合并", En: "judged different, but one"},
	ReviewContradicted: {Zh: "判定互相矛盾", En: "contradicted"},
	ReviewSame:         {Zh: "名称相同", En: "same by name"},
	ReviewAlike:        {Zh: "疑似同一家", En: "perhaps the same"},
	ReviewBranch:       {Zh: "分支机构", En: "branch"},
	ReviewMerged:       {Zh: "已按名称合并", En: "merged by name"},
}

// ReviewItem is one pair of companies to review.
type ReviewItem struct {
	Kind     ReviewKind       `json:"kind"`
	Left     ReviewParty      `json:"left"`
	Right    ReviewParty      `json:"right"`
	Points   float64          `json:"points"` // bits of evidence for one company
	Reasons  []resolve.Reason `json:"reasons"`
	Relation resolve.Relation `json:"relation,omitempty"` // how they may be related instead
}

// ReviewParty is one of the two companies.
type ReviewParty struct {
	// Ref is how a judgement names the company: by an identifier, else by its
	// name, else, where several companies have the name, by its key.
	Ref   string   `json:"ref"`
	Name  string   `json:"name"`
	Names []string `json:"names"` // all its names
	Codes []string `json:"codes"` // its identifiers
}

// Review lists the pairs of companies of a store to review, the most urgent
// kind first, then those with the most points; last those that names have joined
// already, the fewest points first. Judged pairs are not among them, except where
// judgements contradict. The list depends only on the contents of the store.
func Review(ctx context.Context, store graph.Store, model *schema.Model) ([]ReviewItem, error) {
	b, err := readBook(ctx, store, model)
	if err != nil {
		return nil, errReview(err)
	}
	out, err := b.Settle(ctx, true)
	if err != nil {
		return nil, errReview(err)
	}
	merged, err := b.merged(ctx, store, model)
	if err != nil {
		return nil, errReview(err)
	}
	list := b.companies()
	dir := newDirectory(b.kind, list)
	items := b.joined(dir, list)
	for _, part := range []struct {
		kind ReviewKind
		list []Alike
	}{{ReviewContradicted, out.Contradicted}, {ReviewSame, out.Taken}, {ReviewAlike, out.Review}, {ReviewBranch, out.branches}} {
		for _, p := range part.list {
			kind, verdict := part.kind, p.Verdict()
			if kind == ReviewAlike && verdict.Band == resolve.Same {
				kind = ReviewSame // and another one is the same too
			}
			items = append(items, ReviewItem{
				Kind: kind, Left: dir.party(p.A), Right: dir.party(p.B), Points: verdict.Points,
				Reasons: verdict.Reasons, Relation: verdict.Relation,
			})
		}
	}
	rank := []ReviewKind{ReviewJoined, ReviewContradicted, ReviewSame, ReviewAlike, ReviewBranch}
	slices.SortStableFunc(items, func(x, y ReviewItem) int {
		return cmp.Or(cmp.Compare(slices.Index(rank, x.Kind), slices.Index(rank, y.Kind)), cmp.Compare(y.Points, x.Points))
	})
	return append(items, merged...), nil
}

// Mistaken reports whether companies that are one node are judged different.
func (b *Book) Mistaken() bool {
	if len(b.opinions) == 0 {
		return false
	}
	list := b.companies()
	return len(b.joined(newDirectory(b.kind, list), list)) > 0
}

// joined lists the pairs that are judged different but are one node.
func (b *Book) joined(dir *directory, list []*Entry) []ReviewItem {
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

// party describes a company for people and for a judgement.
func (d *directory) party(e *Entry) ReviewParty {
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
