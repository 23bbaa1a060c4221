package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"liantu/evaluate"
	"liantu/schema"
)

func newEvaluateIntermediaries(a *app) *cobra.Command {
	var data string
	var window evaluate.EntryQuestion
	cmd := &cobra.Command{
		Use:   "intermediaries --data DIR --cutoff DATE --until DATE",
		Short: "Who serves the companies that come after a day",
		Long: `Who serves the companies that come after the cutoff, ranked from their region and
industry by what was known at the cutoff, kind by kind, from services.csv: company,
date, region, item, kind, intermediary. A firm under several names over the years is
one; see evaluate/firms.csv. MRR is the mean of 1/rank of the best ranked firm that
served the company, with 95 % intervals over bootstraps of the companies. The weights
are learned on windows before the cutoff.

  popularity      by all services known at the cutoff
  recent          the same, half after three years
  ours            by services to companies of the same place and industry
  ours_next_day   the same weights, but known is what came up to the day before`,
		Example: `  liantu evaluate services --offerings ipo_services.csv.gz --to plain
  liantu evaluate intermediaries --data plain --cutoff 2013-12-31 --until 2016-12-31`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkWindow(data, &window); err != nil {
				return err
			}
			r, err := evaluate.Intermediaries(data, evaluate.IntermediaryQuestion{Cutoff: window.Cutoff, Until: window.Until, Seed: window.Seed})
			if err != nil {
				return err
			}
			t := &table{columns: []column{
				{name: "kind", head: schema.Text{Zh: "类别", En: "KIND"}},
				{name: "method", head: schema.Text{Zh: "方法", En: "METHOD"}},
				{name: "companies", head: schema.Text{Zh: "企业", En: "COMPANIES"}, right: true},
				{name: "ceiling", head: schema.Text{Zh: "上限", En: "CEILING"}, right: true},
			}}
			for _, name := range evaluate.IntermediaryFigures() {
				t.columns = append(t.columns, column{name: name, head: schema.Text{Zh: name, En: name}, right: true},
					column{name: name + "_interval", head: schema.Text{Zh: "95% 区间", En: "95 %"}})
			}
			for _, k := range r.Kinds {
				for _, m := range k.Methods {
					row := []cell{word(k.Kind), word(m.Name), count(k.Companies), number(k.Ceiling, 3)}
					for _, f := range m.Figures {
						row = append(row, number(f.Value, 3), word(fmt.Sprintf("%.3f–%.3f", f.Low, f.High)))
					}
					t.add(row...)
				}
			}
			return a.print(cmd, t, r)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&data, "data", "", "folder with services.csv (required)")
	flags.StringVar(&window.Cutoff, "cutoff", "", "last day that may be known: 2013-12-31, 2013-12 or 2013 (required)")
	flags.StringVar(&window.Until, "until", "", "last day of the test (required)")
	flags.Uint64Var(&window.Seed, "seed", 1, "of the bootstraps")
	addFormatFlag(cmd)
	return cmd
}

func newEvaluateServices(a *app) *cobra.Command {
	var c evaluate.ServiceConversion
	cmd := &cobra.Command{
		Use:   "services --offerings FILE --to DIR",
		Short: "Turn a table of public offerings into services.csv",
		Long: `Write services.csv from a CSV file of public offerings with the columns ts_code,
list_date, province, csrc_industry, underwriter, auditor and law_firm. Places are made
deeper by files with ts_code, province and city, or with stock_code and addr_reg; the
items are the industry that the offering tells, or the industry codes of a folder of
ChainKnowledgeGraph.`,
		Example: `  liantu evaluate services --offerings ipo_services_2006_2019.csv.gz --places companies_tushare_2024.csv.gz --to plain`,
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if c.Offerings == "" || c.To == "" {
				return errors.New("--offerings and --to: give both")
			}
			rows, err := evaluate.ConvertServices(c)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "%-14s %d\n", evaluate.ServicesFile, rows)
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.Offerings, "offerings", "", "CSV file of public offerings, gzipped or not (required)")
	flags.StringSliceVar(&c.Places, "places", nil, "CSV files of places, the first that knows a company counts")
	flags.StringVar(&c.Industries, "industries", "", "folder of ChainKnowledgeGraph for industry codes (default the industry of the offering)")
	flags.StringVar(&c.To, "to", "", "folder to write (required)")
	return cmd
}
