package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A chain is one industry chain with its tree of links.
type chain struct {
	Code      string  `yaml:"code"`
	Ecosystem string  `yaml:"ecosystem"`
	Name      string  `yaml:"name"`
	English   string  `yaml:"english_name"`
	Published string  `yaml:"published"` // the source that publishes the chain, "" for the others
	Source    string  `yaml:"-"`
	Parts     []*link `yaml:"-"`
}

// A link is one node of the tree of a chain. [curation.apply] fills in what the
// curation files state about it.
type link struct {
	Name     string   `yaml:"name"`
	English  string   `yaml:"en"`
	Position string   `yaml:"position"`
	Keywords []string `yaml:"keywords"`
	Classes  []string `yaml:"classes"` // industry classes that mean the link
	Parts    []*link  `yaml:"parts"`

	Code        string   `yaml:"-"`
	Aliases     []string `yaml:"aliases"`
	Holds       string   `yaml:"-"` // what it holds other than companies; no product is matched to it then
	Same        []*link  `yaml:"-"` // links of several chains that are one with it, itself among them
	Former      []string `yaml:"-"` // names it had, its own and those of links merged into it
	FormerCodes []string `yaml:"-"`
	Companies   []string `yaml:"-"` // representative companies as the list writes them
	Chain       *chain   `yaml:"-"`
	Parent      *link    `yaml:"-"`
}

// walk calls visit for every link of the chain, a link before its parts.
func (c *chain) walk(visit func(*link)) {
	var down func([]*link)
	down = func(links []*link) {
		for _, l := range links {
			visit(l)
			down(l.Parts)
		}
	}
	down(c.Parts)
}

// depth is 1 for a section of the chain (上游, 中游, 下游), 2 for a group of
// links and 3 for a link at the bottom.
func (l *link) depth() int {
	if l.Parent == nil {
		return 1
	}
	return l.Parent.depth() + 1
}

// positions maps the first word of a section's name to its position and to the
// part of the code that stands for it.
var positions = map[string][2]string{
	"上游": {"UPSTREAM", "up"}, "中游": {"MIDSTREAM", "mid"}, "下游": {"DOWNSTREAM", "down"},
}

// listed is the layout of the chain lists of the data folder.
type listed struct {
	Name     string `json:"产业链"`
	Sections []struct {
		Name   string `json:"环节名称"`
		Groups []struct {
			Name  string `json:"子环节名称"`
			Links []struct {
				Name      string   `json:"子-子环节名称"`
				Companies []string `json:"代表公司"`
			} `json:"子-子环节"`
		} `json:"子环节"`
	} `json:"环节"`
}

// readListed builds the tree of a chain from a list of the data folder. Names
// lose what stands in brackets; english gives the English names, and a name
// without one is an error.
func readListed(c *chain, path string, english map[string]string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var list listed
	if err := json.Unmarshal(text, &list); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	c.Source = "chains28"
	var faults []error
	named := func(raw string) *link {
		name, abbreviation := cleanName(raw)
		l := &link{Name: name, English: english[name]}
		if abbreviation != "" {
			l.Aliases = []string{abbreviation}
		}
		if l.English == "" {
			faults = append(faults, fmt.Errorf("%s: link %q has no English name", path, name))
		}
		return l
	}
	for _, s := range list.Sections {
		head, title, _ := strings.Cut(s.Name, "：")
		section := named(title)
		section.Position = positions[head][0]
		for _, g := range s.Groups {
			group := named(g.Name)
			for _, x := range g.Links {
				leaf := named(x.Name)
				leaf.Companies = x.Companies
				group.Parts = append(group.Parts, leaf)
			}
			section.Parts = append(section.Parts, group)
		}
		c.Parts = append(c.Parts, section)
	}
	return errors.Join(append(faults, c.finish())...)
}

// readOwn builds the tree of a chain from a curation file.
func readOwn(c *chain, path string) error {
	c.Source = "curation"
	return errors.Join(readYAML(&c.Parts, path), c.finish())
}

var (
	bracket      = regexp.MustCompile(`\s*[（(]([^（()）]*)[）)]\s*`)
	mixedBlank   = regexp.MustCompile(`([A-Za-z]) +(\p{Han})`)
	abbreviation = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9/-]{1,9}$`)
)

// cleanName removes what stands in brackets from a name and returns it separately
// when it is an abbreviation (PCS, BMS) that may serve as an alias. A blank
// between Latin and Chinese letters is removed too.
func cleanName(raw string) (name, alias string) {
	if m := bracket.FindStringSubmatch(raw); m != nil && abbreviation.MatchString(m[1]) {
		alias = m[1]
	}
	name = strings.TrimSpace(bracket.ReplaceAllString(raw, ""))
	return mixedBlank.ReplaceAllString(name, "$1$2"), alias
}

// slug makes the part of a code that stands for an English name.
func slug(english string) string {
	keep := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r == ' ' || r == '-' || r == '/':
			return '-'
		}
		return -1
	}
	return strings.Trim(strings.Map(keep, strings.ToLower(english)), "-")
}

// finish gives every link its parent, position and code: chain.up for a
// section, chain.group for a group (chain.group-mid when the chain has a group
// of that name before) and chain.group.link for what is in it. Two
// links with one code are an error.
func (c *chain) finish() error {
	seen := map[string]string{}
	var faults []error
	var down func(parent *link, links []*link)
	down = func(parent *link, links []*link) {
		for _, l := range links {
			l.Chain, l.Parent = c, parent
			switch {
			case parent == nil:
				l.Code = c.Code + "." + shortPosition(l.Position)
			case parent.Parent == nil:
				l.Code = c.Code + "." + strings.TrimPrefix(slug(l.English), c.Code+"-")
				if seen[l.Code] != "" { // 安全领域 of both sections
					l.Code += "-" + shortPosition(parent.Position)
				}
			default:
				l.Code = parent.Code + "." + slug(l.English)
			}
			if parent != nil {
				l.Position = parent.Position
			}
			if other, ok := seen[l.Code]; ok {
				faults = append(faults, fmt.Errorf("links %q and %q have the same code %q", other, l.Name, l.Code))
			}
			seen[l.Code] = l.Name
			down(l, l.Parts)
		}
	}
	down(nil, c.Parts)
	return errors.Join(faults...)
}

func shortPosition(position string) string {
	for _, p := range positions {
		if p[0] == position {
			return p[1]
		}
	}
	return ""
}

// addChains puts the ecosystems, the chains and their trees into the pack.
func addChains(p pack, cur *curation, published map[string]provenance) {
	for _, e := range cur.Ecosystems {
		p.add("Ecosystem", row{"code": e.Code, "name": e.Name, "english_name": e.English, "description": e.Description}.by(curated))
	}
	for n, c := range cur.Chains {
		by, within := treeProvenance(c), curated
		if c.Published != "" {
			by, within = published[c.Published], published[c.Published]
		}
		p.add("Chain", row{"code": c.Code, "name": c.Name, "english_name": c.English}.by(by))
		if words := cur.Words[c.Code]; len(words) > 0 {
			p.add("Chain", row{"code": c.Code, "name": c.Name, "aliases": strings.Join(words, ";")}.by(curated))
		}
		p.add("PART_OF", row{"from_kind": "Chain", "from": c.Code, "to_kind": "Ecosystem", "to": c.Ecosystem, "ordinal": fmt.Sprint(n + 1)}.by(within))
		c.walk(func(l *link) { addLink(p, l, cur.Words[l.Code]) })
	}
}

// addLink puts a link into the pack, with other words for it.
func addLink(p pack, l *link, words []string) {
	p.add("Link", row{
		"code": l.Code, "name": l.Name, "english_name": l.English, "position": l.Position,
		"aliases": strings.Join(l.Aliases, ";"),
	}.by(treeProvenance(l.Chain)))
	if len(words) > 0 {
		words = append(slices.Clone(l.Aliases), words...) // the newer list of aliases is the one shown
	}
	if l.Holds != "" || len(l.Keywords)+len(words)+len(l.FormerCodes) > 0 {
		p.add("Link", row{
			"code": l.Code, "name": l.Name, "holds": l.Holds, "former_codes": strings.Join(l.FormerCodes, ";"),
			"keywords": strings.Join(plain(l.Keywords), ";"), "aliases": strings.Join(words, ";"),
		}.by(curated))
	}
	up := row{"from_kind": "Link", "from": l.Code, "to_kind": "Chain", "to": l.Chain.Code}
	siblings := l.Chain.Parts
	if l.Parent != nil {
		up["to_kind"], up["to"] = "Link", l.Parent.Code
		siblings = l.Parent.Parts
	}
	for i, s := range siblings {
		if s == l {
			up["ordinal"] = fmt.Sprint(i + 1)
		}
	}
	p.add("PART_OF", up.by(treeProvenance(l.Chain)))
}

// addSectionFeeds adds that the upstream section of a chain feeds the midstream
// one, and the midstream section the downstream one.
func addSectionFeeds(p pack, c *chain) {
	for i := 1; i < len(c.Parts); i++ {
		p.add("FEEDS", row{
			"from_kind": "Link", "from": c.Parts[i-1].Code, "to_kind": "Link", "to": c.Parts[i].Code,
			"layer": "INDUSTRY", "evidence": "产业链上中下游的顺序",
		}.by(treeProvenance(c)))
	}
}

// treeProvenance is the provenance of the tree of a chain.
func treeProvenance(c *chain) provenance {
	if c.Source == curated.source {
		return curated
	}
	return chainLists
}

// chainFile is where the list of a chain is in the data folder.
func chainFile(data string, c *chain) string {
	return filepath.Join(data, "chains28", c.Code+".json")
}
