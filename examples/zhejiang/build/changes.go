package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
)

// changes is what changes.yaml alters in the trees: names, places and further
// links. Codes stay, so that what others noted of a link remains true.
type changes struct {
	Rename map[string]struct {
		Name    string `yaml:"name"`
		English string `yaml:"en"`
	} `yaml:"rename"`
	Move map[string]string  `yaml:"move"` // code of a group → code of the section whose first group it becomes
	Add  map[string][]*link `yaml:"add"`  // code of a section or group → further links below it
}

// alter adds, moves, renames and merges links as changes.yaml and renamed.csv
// state it. It comes after links.yaml, which names links as the lists do.
func (cur *curation) alter(dir string) error {
	var c changes
	merged, err := readCSV(dir, "..", "renamed.csv")
	if err := errors.Join(err, readYAML(&c, dir, "changes.yaml")); err != nil {
		return err
	}
	var faults []error
	find := func(code string) *link {
		l := cur.ByCode[code]
		if l == nil {
			faults = append(faults, fmt.Errorf("changes.yaml or renamed.csv: no link has the code %q", code))
			l = &link{Code: code, Chain: &chain{}}
		}
		return l
	}
	for code, r := range c.Rename {
		l := find(code)
		l.Former = append(l.Former, l.Name)
		l.Name, l.English = r.Name, r.English
	}
	for code, to := range c.Move {
		l, section := find(code), find(to)
		l.unhook()
		l.Parent, section.Parts = section, slices.Insert(section.Parts, 0, l)
		l.place(section.Position)
	}
	for _, m := range merged {
		faults = append(faults, find(m["new"]).absorb(find(m["old"])))
	}
	cur.ByCode = map[string]*link{}
	for _, c := range cur.Chains {
		c.walk(func(l *link) { cur.ByCode[l.Code] = l })
	}
	return errors.Join(faults...)
}

// readAdded hangs the links that changes.yaml adds to a list below the sections
// and groups of the chain, before the chain gets its codes.
func (c *chain) readAdded(dir string) error {
	var all changes
	if err := readYAML(&all, dir, "changes.yaml"); err != nil {
		return err
	}
	c.walk(func(l *link) {
		l.Parts = append(l.Parts, all.Add[l.Code]...)
	})
	return c.finish()
}

// unhook takes l out of its parent's parts.
func (l *link) unhook() {
	l.Parent.Parts = slices.DeleteFunc(l.Parent.Parts, func(p *link) bool { return p == l })
}

// place sets the position of l and of the links below it.
func (l *link) place(position string) {
	l.Position = position
	for _, p := range l.Parts {
		p.place(position)
	}
}

// absorb merges a link without parts into l, which keeps its words, classes and
// companies, and its code as a former one.
func (l *link) absorb(old *link) error {
	if len(old.Parts) > 0 || old.Parent == nil || old.Chain != l.Chain || l == old {
		return fmt.Errorf("renamed.csv: %q cannot be merged into %q", old.Code, l.Code)
	}
	old.unhook()
	l.FormerCodes = append(append(l.FormerCodes, old.Code), old.FormerCodes...)
	l.Former = append(append(l.Former, old.Name), old.Former...)
	l.Aliases = union(l.Aliases, append([]string{old.Name}, old.Aliases...))
	l.Keywords, l.Classes = union(l.Keywords, old.Keywords), union(l.Classes, old.Classes)
	l.Companies = union(l.Companies, old.Companies)
	return nil
}

// union appends to a the texts of b that it lacks.
func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(slices.Clone(a), s)
		}
	}
	return a
}

// addKeywords adds the words of the keywords folder, by code.
func (cur *curation) addKeywords(dir string) error {
	paths, err := filepath.Glob(filepath.Join(dir, "keywords", "*.yaml"))
	if err != nil {
		return err
	}
	var faults []error
	for _, path := range paths {
		words := map[string][]string{}
		if err := readYAML(&words, path); err != nil {
			return err
		}
		for code, more := range words {
			l := cur.ByCode[code]
			if l == nil || l.Holds != "" {
				faults = append(faults, fmt.Errorf("%s: %q is no link that holds companies", path, code))
				continue
			}
			l.Keywords = union(l.Keywords, more)
		}
	}
	return errors.Join(faults...)
}
