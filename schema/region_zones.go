package schema

import (
	_ "embed" // for the table
	"strings"
)

// zoneTable holds development zones and the like that lie in a region without
// being one: the code of the city, the code of the region that has the zone, its
// name, "bare" where the name is enough without the city, and where to check it: the
// decree, the joint office of zone and district, or the government of the host
// region. A zone in several counties has the city for its host.
//
//go:embed regions_zones.csv
var zoneTable string

// zoneForms are further endings of the names of zones.
var zoneForms = map[string][]string{
	"高新区": {"高新技术产业开发区", "高新技术开发区", "高新技术产业园区", "高新技术产业区", "高新开发区", "国家高新区"},
	"经开区": {"经济技术开发区", "经济开发区", "国家经开区"},
}

func (a *atlas) indexZones() {
	for line := range strings.Lines(zoneTable) {
		field := strings.Split(strings.TrimSpace(line), ",")
		host := a.byCode[field[1]]
		a.hosts[field[1]] = true
		n := regionName{region: host, cost: costExact, below: field[3] != "bare", zone: true}
		a.addName(field[2], n)
		for ending, forms := range zoneForms {
			stem, ok := strings.CutSuffix(field[2], ending)
			for _, form := range forms {
				if ok {
					a.addName(stem+form, n)
				}
			}
		}
	}
}

// spans reports whether a zone whose host is a region lies in several counties of
// it.
func (a *atlas) spans(host int) bool { return len(a.children[a.list[host].Code]) > 0 }
