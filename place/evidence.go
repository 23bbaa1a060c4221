package place

import (
	"liantu/message"
)

// Evidence is why a company may be at a link.
type Evidence struct {
	Kind     Kind
	Text     string // the item as the company has it; "" when the class alone speaks
	Index    int    // the number of the item in its text, from 1
	Of       int    // how many items the text has
	Word     string // the word of the link, or the entry of the table of items, that it fits
	How      How
	Acts     Act
	Class    int     // 1: the industry agrees, −1: it is another, 0: it says nothing
	Barred   string  // the rule that keeps it from being confirmed, "" for none
	Judged   Verdict // what a person decided about the company, or about the item where How is ByJudgement; "" for nothing
	ByPerson bool    // a person decided about the company itself, not about an item
	Item     string  // the item in the form in which it is compared and judged
}

// evidence says why a company may be at a link, from the values of its terms.
func evidence(x *vector, s *sight) Evidence {
	e := Evidence{How: ByClass, Judged: s.judged, ByPerson: s.byPerson}
	if it := s.best.item; it != nil {
		e = Evidence{Kind: it.Kind, Text: it.Text, Index: it.Index, Of: it.Of, Word: s.best.match.Word, How: s.best.match.How, Acts: it.Acts, Judged: s.judged, ByPerson: s.byPerson, Item: it.Whole}
	}
	switch {
	case x[classExact]+x[classWider]+x[divisionAgrees] > 0:
		e.Class = 1
	case x[classAgainst] > 0:
		e.Class = -1
	}
	return e
}

// In returns the evidence as a sentence in a language.
func (e Evidence) In(language message.Language) string { return e.Message().In(language) }

// Message returns the evidence as a sentence.
func (e Evidence) Message() message.Text {
	switch {
	case e.ByPerson && e.Judged == Yes:
		return message.New("judged to be at the link")
	case e.ByPerson:
		return message.New("judged not to be at the link")
	case e.How == ByJudgement:
		return message.New("item %d of %d of the %s, %q, was judged to mean the link", e.Index, e.Of, e.Kind.label(), e.Text)
	case e.Text == "":
		return message.New("the industry class names the link")
	}
	agrees := message.New("the industry says nothing")
	switch {
	case e.Class > 0:
		agrees = message.New("the industry agrees")
	case e.Class < 0:
		agrees = message.New("the industry is another")
	}
	if e.Kind == Name {
		return message.New("the name says %q, which fits %q; %s", e.Text, e.Word, agrees)
	}
	return message.New("item %d of %d of the %s, %q, fits %q; %s; %s", e.Index, e.Of, e.Kind.label(), e.Text, e.Word, e.Acts.label(), agrees)
}

func (k Kind) label() message.Text {
	switch k {
	case Products:
		return message.New("main products")
	case Business:
		return message.New("main business")
	default:
		return message.New("business scope")
	}
}

func (a Act) label() message.Text {
	switch {
	case a&Make != 0:
		return message.New("made")
	case a&Serve != 0:
		return message.New("a service")
	case a&Research != 0:
		return message.New("developed")
	case a.OnlyTrade():
		return message.New("only traded")
	case a != 0:
		return message.New("installed or repaired")
	}
	return message.New("nothing said of what it does with it")
}
