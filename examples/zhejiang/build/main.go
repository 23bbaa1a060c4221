// Command build rebuilds the sample pack from a folder of source data and the
// curation files, byte for byte the same each time:
//
//	go run ./examples/zhejiang/build -data ../shared/data -out examples/zhejiang/data
//
// It is a tool of the project and no part of the program.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run reads the flags, makes the pack and writes it; it returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := flags.String("data", "../shared/data", "folder of the source data")
	own := flags.String("curation", "examples/zhejiang/curation", "folder of the curation files")
	out := flags.String("out", "examples/zhejiang/data", "folder the pack is written to")
	sample := flags.Int("sample", 0, "print so many pairs of company and link made by rules, for labelling, and write nothing")
	seed := flags.String("seed", "", "seed of the sample")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	p, err := makePack(*data, *own)
	if err == nil && *sample > 0 {
		for _, line := range sampleLines(p, draw(p["OPERATES_IN"], *sample, *seed)) {
			fmt.Fprintln(stdout, line)
		}
		return 0
	}
	if err == nil {
		err = p.write(*out)
	}
	if err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 1
	}
	for _, sheet := range p.sheets() {
		fmt.Fprintf(stdout, "%6d %s\n", len(p[sheet]), sheet)
	}
	return 0
}

// makePack builds the whole pack from the data folder and the curation files.
func makePack(data, own string) (pack, error) {
	cur, err := readCuration(own, data)
	if err != nil {
		return nil, err
	}
	p := pack{}
	sources, err := readCSV(own, "sources.csv")
	if err != nil {
		return nil, err
	}
	published := readPublished(sources)
	for _, s := range sources {
		delete(s, "publication")
		p.add("Source", s.by(curated))
	}
	addChains(p, cur, published)
	addSameAs(p, cur)
	if err := addRoles(p, cur, published, own); err != nil {
		return nil, err
	}
	if err := addFeeds(p, cur, data, own); err != nil {
		return nil, err
	}
	firms, err := readCompanies(data)
	if err != nil {
		return nil, err
	}
	addCompanies(p, firms)
	reg := newRegister(firms)
	addListed(p, cur, reg)
	portfolios, err := readPortfolios(data)
	if err != nil {
		return nil, err
	}
	m := newMatcher(cur, portfolios)
	addMemberships(p, firms, portfolios, m)
	addProducts(p, firms, portfolios, m)
	if err := addTexts(p, data, own, firms, portfolios); err != nil {
		return nil, err
	}
	if err := addOthers(p, data, reg); err != nil {
		return nil, err
	}
	byCode := map[string]*firm{}
	for _, f := range firms {
		byCode[f.Code] = f
	}
	markLeaders(p["OPERATES_IN"], byCode)
	if err := addRecognised(p, published, own, byCode); err != nil {
		return nil, err
	}
	if err := addUnlisted(p, cur, published, own); err != nil {
		return nil, err
	}
	if err := addServices(p, data, own, byCode); err != nil {
		return nil, err
	}
	p.join("Company", "stock_code", "uscc", "name")
	return p, addInvented(p, own)
}

// addOthers puts into the pack the companies that are not listed, the placements that
// the program makes of all, and who supplies whom. Who is placed nowhere and is not
// listed is left out.
func addOthers(p pack, data string, reg register) error {
	codes, err := addPrivate(p, data, reg)
	if err != nil {
		return err
	}
	at, err := addPlacements(context.Background(), p)
	if err != nil {
		return err
	}
	nowhere := map[string]bool{}
	for _, code := range codes {
		nowhere[code] = !at[code]
	}
	p.drop(nowhere)
	return addSupplies(p, data, reg, at)
}
