package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// draw picks n of the pairs that the rule of products made (grade C of chainkg), stratified by chain: each
// chain contributes its share of n, at least one. The seed decides which; the
// same pack and seed give the same pairs, in order of chain and hash.
func draw(rows []row, n int, seed string) []row {
	byChain := map[string][]row{}
	total := 0
	for _, r := range rows {
		if r["source"] != matched.source || r["grade"] != matched.grade {
			continue
		}
		c, _, _ := strings.Cut(r["to"], ".")
		byChain[c] = append(byChain[c], r)
		total++
	}
	lot := func(r row) string {
		sum := sha256.Sum256([]byte(seed + "|" + r["from"] + "|" + r["to"]))
		return hex.EncodeToString(sum[:])
	}
	quota := quotas(byChain, n, total)
	var picked []row
	for _, c := range slices.Sorted(maps.Keys(byChain)) {
		pairs := byChain[c]
		slices.SortFunc(pairs, func(a, b row) int { return strings.Compare(lot(a), lot(b)) })
		picked = append(picked, pairs[:quota[c]]...)
	}
	return picked
}

// quotas divides n among the chains by the largest remainder, each at least one.
func quotas(byChain map[string][]row, n, total int) map[string]int {
	quota := map[string]int{}
	rest := n
	remainder := map[string]float64{}
	for c, pairs := range byChain {
		exact := float64(n*len(pairs)) / float64(total)
		quota[c] = max(1, int(math.Floor(exact)))
		remainder[c] = exact - float64(quota[c])
		rest -= quota[c]
	}
	order := slices.SortedFunc(maps.Keys(remainder), func(a, b string) int {
		switch {
		case remainder[a] != remainder[b] && remainder[a] > remainder[b]:
			return -1
		case remainder[a] != remainder[b]:
			return 1
		}
		return strings.Compare(a, b)
	})
	for i := 0; rest > 0; i++ {
		if c := order[i%len(order)]; quota[c] < len(byChain[c]) {
			quota[c]++
			rest--
		}
	}
	return quota
}

// sampleLines formats drawn pairs as lines of the label file without verdicts.
func sampleLines(p pack, picked []row) []string {
	names, links := map[string]string{}, map[string]string{}
	for _, r := range p["Company"] {
		if r["short_name"] != "" && names[r["stock_code"]] == "" {
			names[r["stock_code"]] = r["short_name"]
		}
	}
	for _, r := range p["Link"] {
		if links[r["code"]] == "" {
			links[r["code"]] = r["name"]
		}
	}
	lines := []string{"company,company_name,link,link_name,evidence,verdict,why"}
	for _, r := range picked {
		lines = append(lines, fmt.Sprintf("%s,%s,%s,%s,%s,,", r["from"], names[r["from"]], r["to"], links[r["to"]], r["evidence"]))
	}
	return lines
}
