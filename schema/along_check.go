package schema

import (
	"maps"
	"regexp"
	"slices"
)

// checkAlong checks the tables in which edges of a kind may stand.
func (c *checker) checkAlong(k *Kind) {
	for i := range k.Along {
		a := &k.Along[i]
		if len(a.Row) == 0 || len(a.Heads) == 0 && len(a.Path) == 0 {
			c.add(k.Name, "", "along needs row and heads or path")
		}
		if a.As != "" && a.As != "from" && a.As != "to" {
			c.add(k.Name, "", "along: as is from or to, not %q", a.As)
		}
		for _, name := range slices.Concat(a.Row, a.Kinds) {
			if c.model.Node(name) == nil {
				c.add(k.Name, "", "along names %q, which is not a node kind", name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(a.Set)) {
			if p := k.Property(name); p == nil {
				c.add(k.Name, "", "along sets %q, which is not a property of the kind", name)
			} else if _, err := p.Parse(a.Set[name]); err != nil {
				c.add(k.Name, name, "along sets it to %q: %v", a.Set[name], err)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(a.Beside)) {
			if k.Property(name) == nil {
				c.add(k.Name, "", "along has %q beside, which is not a property of the kind", name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(a.Parts)) {
			if k.Property(name) == nil {
				c.add(k.Name, "", "along has the part %q, which is not a property of the kind", name)
			}
			c.checkPattern(k.Name, a.Parts[name])
		}
		if a.Pattern != "" {
			c.checkPattern(k.Name, a.Pattern)
		}
	}
}

func (c *checker) checkPattern(kind, text string) {
	if re, err := regexp.Compile(text); err != nil || re.NumSubexp() == 0 {
		c.add(kind, "", "the pattern %q is not a regular expression with a group", text)
	}
}

// checkAlongHeads checks that in a table of a kind no column means two edges,
// and that a column beside one means no property of the kind.
func (c *checker) checkAlongHeads(k *Kind) {
	type use struct {
		edge *Kind
		set  int // of the declarations: a head may serve those that read different parts
	}
	owner := map[string]use{}
	for i, row := range c.model.Along(k) {
		if len(row.Kinds) == 0 {
			c.add(row.Edge.Name, "", "along: the edge does not join %s to the kinds of the other end", k.Name)
		}
		for _, heads := range row.Columns() {
			for _, head := range heads {
				normal := NormalName(head)
				if other, taken := owner[normal]; taken && other.set != i {
					c.add(row.Edge.Name, "", "along: in tables of %s the head %q belongs to %s already", k.Name, head, other.edge.Name)
				}
				owner[normal] = use{row.Edge, i}
			}
		}
	}
	for _, row := range c.model.Along(k) {
		if row.Makes() && len(row.Kinds) != 1 {
			c.add(row.Edge.Name, "", "along: make needs one kind at the other end in tables of %s", k.Name)
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(row.Make)) {
			if p := row.Kinds[0].Property(name); p == nil {
				c.add(row.Edge.Name, "", "along: make sets %q, which is not a property of %s", name, row.Kinds[0].Name)
			} else if _, err := p.Parse(row.Make[name]); err != nil {
				c.add(row.Edge.Name, "", "along: make sets %q of %s to %q: %v", name, row.Kinds[0].Name, row.Make[name], err)
			}
		}
		for _, b := range row.Beside {
			if len(b.Heads) == 0 {
				c.add(row.Edge.Name, b.Property.Name, "along: no head is left for it in tables of %s", k.Name)
			}
			for _, head := range b.Heads {
				if p := k.Find(head); p != nil {
					c.add(row.Edge.Name, b.Property.Name, "along: in tables of %s the head %q means %s", k.Name, head, p.Name)
				}
				if other, taken := owner[NormalName(head)]; taken {
					c.add(row.Edge.Name, b.Property.Name, "along: in tables of %s the head %q belongs to %s already", k.Name, head, other.edge.Name)
				}
			}
		}
	}
}
