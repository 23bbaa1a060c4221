package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
)

// curation is what was written by hand for the pack: the files of the curation
// folder.
type curation struct {
	Ecosystems []struct {
		Code        string `yaml:"code"`
		Name        string `yaml:"name"`
		English     string `yaml:"english_name"`
		Description string `yaml:"description"`
	} `yaml:"ecosystems"`
	Chains []*chain `yaml:"chains"`

	Rules  rules               `yaml:"-"`
	Words  map[string][]string `yaml:"-"` // of words.yaml: code of a chain or a link → other words for it
	ByCode map[string]*link    `yaml:"-"`
}

// rules is what the matching of products uses besides names and keywords; see
// rules.yaml.
type rules struct {
	Generic []string            `yaml:"generic"`
	Stop    []string            `yaml:"stop"`
	Trades  []string            `yaml:"trades"`
	Support map[string][]string `yaml:"support"` // chain code → industry classes
	Unless  map[string][]string `yaml:"unless"`  // word → words that the product must not contain
}

// additions is what links.yaml adds to the links of the chain lists.
type additions struct {
	Links map[string]map[string]struct {
		Keywords []string `yaml:"keywords"`
		Classes  []string `yaml:"classes"`
	} `yaml:"links"`
}

// readCuration reads the curation folder and, for the chains that have no file
// of their own there, the lists of the data folder.
func readCuration(dir, data string) (*curation, error) {
	cur := &curation{ByCode: map[string]*link{}}
	names, err := readCSV(dir, "english.csv")
	if err := errors.Join(err, readYAML(cur, dir, "chains.yaml"), readYAML(&cur.Rules, dir, "rules.yaml"), readYAML(&cur.Words, dir, "words.yaml")); err != nil {
		return nil, err
	}
	english := map[string]string{}
	for _, n := range names {
		english[n["zh"]] = n["en"]
	}
	var faults []error
	for _, c := range cur.Chains {
		own := filepath.Join(dir, "chains", c.Code+".yaml")
		if found, err := filepath.Glob(own); err == nil && len(found) == 1 {
			faults = append(faults, readOwn(c, own))
		} else {
			faults = append(faults, readListed(c, chainFile(data, c), english), c.readAdded(dir))
		}
		c.walk(func(l *link) { cur.ByCode[l.Code] = l })
	}
	var more additions
	faults = append(faults, readYAML(&more, dir, "links.yaml"))
	faults = append(faults, cur.apply(more))
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if err := cur.alter(dir); err != nil {
		return nil, err
	}
	return cur, errors.Join(cur.addHolds(dir), cur.addSame(dir), cur.addKeywords(dir), cur.checkWords())
}

// checkWords is an error for words of what is neither a chain nor a link.
func (cur *curation) checkWords() error {
	var faults []error
	for code := range cur.Words {
		if cur.ByCode[code] == nil && !slices.ContainsFunc(cur.Chains, func(c *chain) bool { return c.Code == code }) {
			faults = append(faults, fmt.Errorf("words.yaml: no chain or link has the code %q", code))
		}
	}
	return errors.Join(faults...)
}

// apply adds to the links what links.yaml states about them. A name that the
// chain does not have is an error; one that it has several times means all.
func (cur *curation) apply(more additions) error {
	var faults []error
	for _, c := range cur.Chains {
		named := map[string][]*link{}
		c.walk(func(l *link) { named[l.Name] = append(named[l.Name], l) })
		for name, add := range more.Links[c.Code] {
			if named[name] == nil {
				faults = append(faults, fmt.Errorf("links.yaml: chain %q has no link %q", c.Code, name))
			}
			for _, l := range named[name] {
				l.Keywords, l.Classes = add.Keywords, add.Classes
			}
		}
	}
	return errors.Join(faults...)
}

// backs reports whether an industry class supports the chain.
func (r *rules) backs(class, chain string) bool { return slices.Contains(r.Support[chain], class) }
