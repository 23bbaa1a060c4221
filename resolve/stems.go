package resolve

import "slices"

// stems finds 字号 that are near each other. Two texts that differ by one changed,
// one missing or two swapped characters have a stem in common: what is left when
// a character is removed, or the shorter text itself. Few others share a stem,
// so a thousand 字号 with one beginning are not compared with each other, as they
// would be by the pairs of characters that they share.
//
// An element is the hash of a stem, above the number of its 字号; the elements
// are sorted. Two stems with one hash cost one comparison and nothing else.
type stems []uint64

const idBits = 32

func (s *stems) add(core string, id int32) {
	eachStem([]rune(core), func(hash uint32) { *s = append(*s, uint64(hash)<<idBits|uint64(uint32(id))) })
}

// near returns the numbers of all 字号 that share a stem with a text, sorted.
func (s stems) near(text []rune) []int32 {
	var ids []int32
	eachStem(text, func(hash uint32) {
		from, _ := slices.BinarySearch(s, uint64(hash)<<idBits)
		for _, element := range s[from:] {
			if uint32(element>>idBits) != hash {
				break
			}
			ids = append(ids, int32(uint32(element)))
		}
	})
	slices.Sort(ids)
	return slices.Compact(ids)
}

// eachStem calls do for the stems of a Chinese 字号 of three characters and
// more. Latin ones have none: a word with another letter is another word.
// Digits stay in every stem, since near 字号 have the same digits.
func eachStem(text []rune, do func(hash uint32)) {
	if len(text) < 3 || !slices.ContainsFunc(text, isHan) {
		return
	}
	do(hashWithout(text, -1))
	for i, r := range text {
		if !isFigure(r) {
			do(hashWithout(text, i))
		}
	}
}

// hashWithout is the FNV-1a hash of a text without one of its characters.
func hashWithout(text []rune, skip int) uint32 {
	const offset, prime = 2166136261, 16777619
	hash := uint32(offset)
	for i, r := range text {
		if i == skip {
			continue
		}
		for shift := 0; shift < 24; shift += 8 {
			hash = (hash ^ uint32(r)>>shift&0xFF) * prime
		}
	}
	return hash
}

// nearCores returns the 字号 of the index that differ from the given one by one
// change of a character.
func (x *Index) nearCores(core string) []int32 {
	text := []rune(core)
	return slices.DeleteFunc(x.stems.near(text), func(id int32) bool {
		short, long := text, x.cores[id].text
		if len(short) > len(long) {
			short, long = long, short
		}
		return !near(short, long) || slices.Equal(short, long)
	})
}
