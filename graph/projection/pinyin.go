package projection

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// The scores of names that a text in Latin letters spells, below those of names that
// hold the text itself.
const (
	spelledWhole    = 0.58 // the whole name, in full or by its initials
	spelledStart    = 0.57 // its beginning
	spelledWithin   = 0.56 // a part of it from a syllable on
	leastOfInitials = 3    // characters of a text that spells a part by initials
)

// spelling is a name in pinyin without tones, by the first reading of each character:
// haikangweishi, with the letters at which its syllables begin.
type spelling struct {
	entry    int32  // in the text index
	full     string // haikangweishi
	initials string // hkws
	starts   string // offsets of the syllables in full, a byte each
}

// readings are words whose characters are read otherwise than alone.
var readings = map[string][]string{
	"重庆": {"chong", "qing"}, "银行": {"yin", "hang"}, "厦门": {"xia", "men"}, "乐清": {"yue", "qing"}, "六安": {"lu", "an"},
	"蚌埠": {"beng", "bu"}, "长沙": {"chang", "sha"}, "长春": {"chang", "chun"}, "长安": {"chang", "an"}, "长城": {"chang", "cheng"},
	"长江": {"chang", "jiang"}, "台州": {"tai", "zhou"}, "丽水": {"li", "shui"},
}

// spellings returns the names of the text index in pinyin, in its order, first those of
// the projection under this one. Names without Chinese characters are left out.
func (p *Projection) spellings() [][]spelling {
	if p.more == nil {
		return [][]spelling{p.ownSpellings()}
	}
	all := p.more.under.spellings()
	if len(p.ownText) > 0 {
		all = append(all, p.ownSpellings())
	}
	return all
}

// ownSpellings returns the names of the entries of the text index itself, made when they
// are first needed.
func (p *Projection) ownSpellings() []spelling {
	type key struct{}
	return p.Memo(key{}, func() any {
		var all []spelling
		index, known := p.textIndex(), reader{}
		for i := range index.entries {
			if s, ok := known.spell(index.entries[i].normal); ok {
				s.entry = index.first + int32(i)
				all = append(all, s)
			}
		}
		return all
	}).([]spelling)
}

// spell writes a name in pinyin; letters and digits stay. It reports false for a name
// without a Chinese character, and for one of more than 255 letters.
func (known reader) spell(name string) (spelling, bool) {
	var full, initials strings.Builder
	var starts []byte
	chinese := false
	add := func(syllable string) {
		if full.Len() < 256 {
			starts = append(starts, byte(full.Len()))
		}
		full.WriteString(syllable)
		initials.WriteByte(syllable[0])
	}
	for i := 0; i < len(name); {
		r, width := utf8.DecodeRuneInString(name[i:])
		if end := i + 2*width; end <= len(name) {
			if word, ok := readings[name[i:end]]; ok {
				add(word[0])
				add(word[1])
				i, chinese = end, true
				continue
			}
		}
		i += width
		if syllable := known.reading(r); syllable != "" {
			add(syllable)
			chinese = true
		} else if r < utf8.RuneSelf {
			add(string(r))
		}
	}
	return spelling{full: full.String(), initials: initials.String(), starts: string(starts)}, chinese && full.Len() < 256
}

// reader remembers the first readings of characters, without tones.
type reader map[rune]string

// reading is the first reading of a character without its tone, "" for what is none.
func (known reader) reading(r rune) string {
	if !unicode.Is(unicode.Han, r) {
		return ""
	}
	syllable, ok := known[r]
	if !ok {
		if found := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(found) > 0 {
			syllable = found[0]
		}
		known[r] = syllable
	}
	return syllable
}

// spelled returns at most limit of the nodes that a text of Latin letters spells, the best
// ones, each once, by its best name: in full from any syllable on, as haikang, or by the
// initials, as hkws. Other texts spell nothing. It reads every name once, which the
// context may end.
func (p *Projection) spelled(ctx context.Context, query string, limit int, wanted func(Vertex) bool) ([]Hit, error) {
	if len(query) < 2 || strings.Trim(query, "abcdefghijklmnopqrstuvwxyz") != "" {
		return nil, nil
	}
	index := p.textIndex()
	var hits []Hit
	best := Hit{Vertex: None}
	end := func() {
		if best.Vertex != None && wanted(best.Vertex) {
			hits = append(hits, best)
		}
		if len(hits) >= 2*limit+64 {
			hits = bestHits(hits, limit)
		}
	}
	for _, all := range p.spellings() {
		for i := range all {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			score := all[i].closeness(query)
			if score == 0 {
				continue
			}
			e := index.entry(all[i].entry)
			h := Hit{Vertex: e.vertex, Score: score - 0.001*float64(e.strength), Property: e.property, Text: e.text}
			if h.Vertex != best.Vertex { // the entries of a vertex follow each other
				end()
				best = h
			} else if h.Score > best.Score {
				best = h
			}
		}
	}
	end()
	return bestHits(hits, limit), nil
}

// closeness returns the score of a name that the query spells, 0 if it does not.
func (s *spelling) closeness(query string) float64 {
	switch {
	case s.full == query, s.initials == query:
		return spelledWhole
	case strings.HasPrefix(s.full, query), strings.HasPrefix(s.initials, query):
		return spelledStart
	case len(query) >= leastOfInitials && strings.Contains(s.initials, query):
		return spelledWithin
	}
	for from := 0; ; {
		at := strings.Index(s.full[from:], query)
		if at < 0 {
			return 0
		}
		if strings.IndexByte(s.starts, byte(from+at)) >= 0 {
			return spelledWithin
		}
		from += at + 1
	}
}
