package cli

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"liantu/cli/help"
	"liantu/evaluate"
	"liantu/message"
)

func newEvaluateConvert(e *env) *cobra.Command {
	var c evaluate.Conversion
	cmd := &cobra.Command{
		Use:   "convert --from DIR --to DIR",
		Short: "Convert a folder in the layout of ChainKnowledgeGraph to the plain layout",
		Long: `Write companies.csv, items.csv, feeds.csv and products.csv from the JSON lines of
ChainKnowledgeGraph. Place and listing day of the companies come from a CSV file with
the columns ts_code and list_date and one for the place.`,
		Example: `  liantu evaluate convert --from chainkg --to provinces
  liantu evaluate convert --from chainkg --to cities --places companies_tushare_2024.csv.gz --place-column city`,
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if c.From == "" || c.To == "" {
				return message.Errorf("--from and --to: give both folders")
			}
			if c.Write, err = e.writer(cmd, c.To); err != nil {
				return err
			}
			if c.Places == "" {
				c.Places = filepath.Join(c.From, "stock_basic.csv")
			}
			counts, err := evaluate.Convert(c)
			if err != nil {
				return err
			}
			for _, name := range []string{evaluate.CompaniesFile, evaluate.ItemsFile, evaluate.FeedsFile, evaluate.ProductsFile} {
				fmt.Fprintf(e.stdout, "%-14s %d\n", name, counts[name])
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.From, "from", "", "folder of ChainKnowledgeGraph, gzipped or not (required)")
	flags.StringVar(&c.To, "to", "", "folder to write (required)")
	flags.StringVar(&c.Places, "places", "", "CSV file of the places (default stock_basic.csv of the folder)")
	flags.StringVar(&c.PlaceColumn, "place-column", "area", "its column of the place")
	return cmd
}

func newEvaluateServices(e *env) *cobra.Command {
	var c evaluate.ServiceConversion
	cmd := &cobra.Command{
		Use:   "services --offerings FILE --to DIR",
		Short: "Convert a table of public offerings to services.csv",
		Long: `Write services.csv from a CSV file of public offerings with the columns ts_code,
list_date, province, csrc_industry, underwriter, auditor and law_firm. Places are made
more precise by files with ts_code, province and city, or with stock_code and addr_reg; the
items are the industry stated in the offering, or the industry codes of a folder of
ChainKnowledgeGraph.`,
		Example:     `  liantu evaluate services --offerings ipo_services_2006_2019.csv.gz --places companies_tushare_2024.csv.gz --to plain`,
		Args:        help.NoArgs,
		Annotations: revealsNothing(),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if c.Offerings == "" || c.To == "" {
				return message.Errorf("--offerings and --to: give both")
			}
			if c.Write, err = e.writer(cmd, c.To); err != nil {
				return err
			}
			rows, err := evaluate.ConvertServices(c)
			if err != nil {
				return err
			}
			fmt.Fprintf(e.stdout, "%-14s %d\n", evaluate.ServicesFile, rows)
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
