// Command learn makes the points of placement anew from the pairs in
// evaluate/placement/labels and the texts of the data folder, and prints how they do on
// the companies that taught nothing:
//
//	go run ./evaluate/placement/learn -data ../shared/data
//
// It writes place/tables/points.csv, thresholds.csv and certainty.csv, the same bytes for the same input.
// With -curve, -missed or -cross it writes nothing, and prints how the measures grow with the
// companies that teach, why pairs judged yes are missed, or how the half that teaches does
// on itself. Rules are chosen by -cross.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"liantu/evaluate/placement"
	"liantu/examples/zhejiang/picture"
	"liantu/graph/placements"
	"liantu/message"
	"liantu/place"
)

func main() {
	o := options{shares: shares, parts: tenths}
	flag.StringVar(&o.data, "data", "../shared/data", "folder with placement/ and today/")
	flag.StringVar(&o.labels, "labels", "evaluate/placement/labels/labels.csv", "the judged pairs")
	flag.StringVar(&o.out, "out", "place/tables", "folder of the tables")
	flag.Float64Var(&o.precision, "precision", .9, "part of the confirmed that is to be right, in the report")
	flag.BoolVar(&o.wrong, "wrong", false, "list the pairs of the half that teaches on which the labels and the placements differ")
	flag.BoolVar(&o.check, "check", false, "write nothing; fail if the tables would change")
	flag.BoolVar(&o.cross, "cross", false, "print only how points learned from nine tenths of the half that teaches do on the other tenth; write nothing")
	flag.BoolVar(&o.curve, "curve", false, "print only how the measures grow with the companies that teach; write nothing")
	flag.BoolVar(&o.missed, "missed", false, "print only why pairs judged yes are missed; write nothing")
	flag.Parse()
	if err := learn(context.Background(), os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	data, labels, out                  string
	precision                          float64
	shares                             []float64 // of the companies that teach, for the curve
	parts                              uint64    // into which the half that teaches is cut
	wrong, check, cross, curve, missed bool
}

// read returns the links of the sample pack and the companies with judged pairs.
func read(ctx context.Context, data, labels string) ([]place.Link, []company, error) {
	live, err := picture.New(ctx)
	if err != nil {
		return nil, nil, err
	}
	p := live.Current()
	words, err := newWords(data)
	if err != nil {
		return nil, nil, err
	}
	companies, err := words.judged(codesOf(p), labels, filepath.Join(data, "placement", "labels.csv"))
	return placements.Links(p), companies, err
}

func learn(ctx context.Context, w io.Writer, o options) error {
	links, companies, err := read(ctx, o.data, o.labels)
	if err != nil {
		return err
	}
	return run(ctx, w, o, links, companies)
}

// run does what the flags ask.
func run(ctx context.Context, w io.Writer, o options, links []place.Link, companies []company) error {
	switch {
	case o.cross:
		return cross(ctx, w, links, companies, o.precision, o.parts)
	case o.curve:
		return curve(ctx, w, links, companies, o.precision, o.shares)
	}
	model, err := teach(links, only(companies, teaches))
	if err != nil {
		return err
	}
	placer, err := place.With(links, model, o.precision)
	if err != nil {
		return err
	}
	if o.missed {
		return missed(ctx, w, placer, companies)
	}
	if err := write(model, o.out, o.check); err != nil {
		return err
	}
	if o.wrong {
		listWrong(placer, companies)
	}
	return report(ctx, w, placer, companies)
}

// listWrong prints the pairs of the half that teaches on which labels and placements differ.
func listWrong(placer *place.Placer, companies []company) {
	for _, c := range companies {
		if !placement.Teaches(c.Name) {
			continue
		}
		found := map[string]place.Placement{}
		for _, pl := range placer.Place(c.Company) {
			found[pl.Link] = pl
		}
		for _, link := range slices.Sorted(maps.Keys(c.pairs)) {
			pl, verdict := found[link], c.pairs[link]
			if (pl.Outcome == place.Confirmed) != (verdict == place.Yes) {
				fmt.Printf("%-9s %-6s %.2f %s %s %s | %s %s\n", pl.Outcome, verdict, pl.Probability, c.Name, link, pl.Evidence.Barred, c.Industry, pl.Evidence.In(message.Chinese))
			}
		}
	}
}

// teach learns from companies.
func teach(links []place.Link, companies []company) (*place.Model, error) {
	t, err := place.NewTaxonomy(links)
	if err != nil {
		return nil, err
	}
	pupil := place.NewPupil(t)
	for _, c := range companies {
		pupil.Add(c.Company, c.pairs)
	}
	return pupil.Learn()
}

// write writes the three tables, or compares them with those that are there.
func write(m *place.Model, folder string, check bool) error {
	var points, thresholds, certainty bytes.Buffer
	if err := errors.Join(m.Write(&points, &thresholds), m.WriteCertainty(&certainty)); err != nil {
		return err
	}
	for name, text := range map[string][]byte{"points.csv": points.Bytes(), "thresholds.csv": thresholds.Bytes(), "certainty.csv": certainty.Bytes()} {
		path := filepath.Join(folder, name)
		if !check {
			if err := os.WriteFile(path, text, 0o644); err != nil {
				return err
			}
			continue
		}
		is, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !bytes.Equal(is, text) {
			return fmt.Errorf("%s is not what the labels give; run learn without -check", path)
		}
	}
	return nil
}
