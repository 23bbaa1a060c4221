package fields

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"liantu/api/fault"
	"liantu/graph"
	"liantu/graph/projection"
	"liantu/message"
)

// Page is one page of a list: the items start <= i < end of Total. It is the
// source of a connection; its edges are the source of the edge type. Its maker
// fills in the exported fields, and [Request.Cut] finds the page.
type Page struct {
	Total    int
	Question string // which list this is, by [QuestionOf]
	Version  int64  // of the picture
	Around   any    // what the connection says besides its items
	Item     func(i int) any
	Vertex   func(i int) projection.Vertex // the node of item i, where nodes are vertices; instead of Item
	ID       func(i int) string            // what finds the item again in another picture

	// Uncounted says that the caller may not know how many there are, since some may
	// be persons; see [disclosure.Caller.Count].
	Uncounted bool

	Unknown int // left out only because a value that is filtered on is not known

	start, end int
	arcs       projection.Arcs // the items, where they are edges
	hidden     hidden          // which of them are no items
	coarse     []*graph.Edge   // the items instead, where the caller sees no more of them
}

// place is the place of item i among the arcs.
func (p *Page) place(i int) int {
	if p.hidden.kept != nil {
		return int(p.hidden.kept[i])
	}
	if i >= p.hidden.first {
		return i + p.hidden.count
	}
	return i
}

// node returns the node of item i; of returns it where it is no vertex.
func (p *Page) node(i int, of func(item any) any) any {
	if p.Vertex != nil {
		return p.Vertex(i)
	}
	return of(p.Item(i))
}

// pageEdge is one item of a page.
type pageEdge struct {
	page *Page
	i    int
}

func (e pageEdge) item() any { return e.page.Item(e.i) }

// cursor states where a page ended: in which list of which picture, at which
// place and at which item.
type cursor struct {
	question string
	version  int64
	index    int
	id       string
}

// cursorForm is the first byte of every cursor; a later format will have another
// one.
const cursorForm = "1"

// encode writes the cursor as opaque text that needs no escaping in a URL.
func (c cursor) encode() string {
	text := strings.Join([]string{
		cursorForm, c.question, strconv.FormatInt(c.version, 36), strconv.Itoa(c.index), c.id,
	}, "|")
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

// decodeCursor reads a cursor that [cursor.encode] wrote.
func decodeCursor(text string) (cursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return cursor{}, message.Errorf("cursor is not in base64: %w", err)
	}
	parts := strings.SplitN(string(raw), "|", 5)
	if len(parts) != 5 || parts[0] != cursorForm {
		return cursor{}, message.Errorf("cursor has an unknown format")
	}
	version, err := strconv.ParseInt(parts[2], 36, 64)
	if err != nil {
		return cursor{}, message.Errorf("cursor has no version: %w", err)
	}
	index, err := strconv.Atoi(parts[3])
	if err != nil || index < 0 {
		return cursor{}, message.Errorf("cursor has no place")
	}
	return cursor{question: parts[1], version: version, index: index, id: parts[4]}, nil
}

// QuestionOf names a list: the field, its owner and its arguments, those of the page
// excepted. Cursors hold it, so that one question does not accept the cursors of
// another.
func QuestionOf(field, owner string, a Args) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s", field, owner)
	for _, name := range sortedKeys(a) {
		switch value := a[name].(type) {
		case map[string]any:
			text, _ := AppendCanonical(nil, value) // every value of an input object has a canonical form
			fmt.Fprintf(h, "\x00%s=%s", name, text)
		default:
			if name != "first" && name != "after" {
				fmt.Fprintf(h, "\x00%s=%v", name, value)
			}
		}
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// checkFirst refuses a page that is too large, before anything is computed
// for it.
func (s *Service) checkFirst(a Args) *fault.RefusalError {
	if first, ok := a.Number("first"); ok && (first < 0 || first > s.MaxPage) {
		return fault.RefusePage(first, s.MaxPage)
	}
	return nil
}

// Cut finds the page that the arguments first and after ask for. A page continues
// after the item of its cursor, wherever that stands now, so that a new version of
// the graph between two pages does no harm; where the item is gone, it continues at
// the item's former place.
func (rq *Request) Cut(p *Page, a Args) error {
	if rq.Picture.AsOf != "" { // another list, though of the same version
		p.Question += "@" + rq.Picture.AsOf
	}
	if after := a.Text("after"); after != "" {
		c, err := decodeCursor(after)
		if err != nil || c.question != p.Question {
			return fault.Refuse(fault.CodeCursor, "after is not a cursor of this question: %q", Shorten(after))
		}
		p.start = p.behind(c)
	}
	first, ok := a.Number("first")
	if !ok {
		first = rq.Service.DefaultPage
	}
	p.end = min(p.start+first, p.Total)
	return nil
}

// ListPage is a page of a list whose items are found again by id.
func ListPage[T any](rq *Request, field string, a Args, around any, items []T, id func(T) string) (any, error) {
	p := &Page{
		Total: len(items), Version: rq.Picture.Version(), Question: QuestionOf(field, "", a), Around: around,
		Item: func(i int) any { return items[i] },
		ID:   func(i int) string { return id(items[i]) },
	}
	return p, rq.Cut(p, a)
}

// VertexPage is a page of the vertices first <= v < end.
func (rq *Request) VertexPage(field, owner string, first, end projection.Vertex, a Args) (*Page, error) {
	g := rq.Picture.Graph
	p := &Page{
		Total: int(end - first), Version: int64(g.Version()), Question: QuestionOf(field, owner, a),
		Vertex: func(i int) projection.Vertex { return first + projection.Vertex(i) },
		ID:     func(i int) string { return string(g.ID(first + projection.Vertex(i))) },
	}
	return p, rq.Cut(p, a)
}

// listPage is a page of some vertices.
func (rq *Request) listPage(field, owner string, list []projection.Vertex, a Args) (*Page, error) {
	g := rq.Picture.Graph
	p := &Page{
		Total: len(list), Version: int64(g.Version()), Question: QuestionOf(field, owner, a),
		Vertex: func(i int) projection.Vertex { return list[i] },
		ID:     func(i int) string { return string(g.ID(list[i])) },
	}
	return p, rq.Cut(p, a)
}

// behind returns the place after the item of a cursor.
func (p *Page) behind(c cursor) int {
	if c.index < p.Total && p.ID(c.index) == c.id {
		return c.index + 1
	}
	if c.version != p.Version {
		for i := range p.Total {
			if p.ID(i) == c.id {
				return i + 1
			}
		}
	}
	return min(c.index, p.Total)
}

// Shorten cuts a text that a client sent, so that it does not fill an error.
func Shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}

func (p *Page) cursorAt(i int) string {
	return cursor{question: p.Question, version: p.Version, index: i, id: p.ID(i)}.encode()
}

// edges lists the items of the page.
func (p *Page) edges() []pageEdge {
	out := make([]pageEdge, 0, p.end-p.start)
	for i := p.start; i < p.end; i++ {
		out = append(out, pageEdge{page: p, i: i})
	}
	return out
}
