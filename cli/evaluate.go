package cli

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"liantu/evaluate"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/message"
	"liantu/schema"
)

// newEvaluate groups the back-tests of the program's advice.
func newEvaluate(e *env) *cobra.Command {
	cmd := newGroup("evaluate", "Back-test the advice: hide later data and score the predictions",
		newEvaluateEntry(e), newEvaluateCandidates(e), newEvaluateSuppliers(e), newEvaluateProducts(e), newEvaluateTrain(e), newEvaluateConvert(e),
		newEvaluateIntermediaries(e), newEvaluateServices(e), newEvaluatePlacement(e))
	cmd.Long = `Back-test the advice on a folder of CSV files (UTF-8, with a header; further columns
are ignored):

  companies.csv  id, region, item, date   who came where with what, and when
  items.csv      item, name, parent       optional: the items and their classes
  feeds.csv      from, to                 materials and the products they go into
  supplies.csv   supplier, buyer          who supplies whom
  products.csv   item, name               optional: names of products`
	return cmd
}

// checkWindow names every fault of what needs no data.
func checkWindow(data string, q *evaluate.EntryQuestion) error {
	faults := []error{checkData(data)}
	for _, d := range []struct {
		flag string
		day  *string
	}{{"--cutoff", &q.Cutoff}, {"--until", &q.Until}} {
		day, err := schema.ParseDate(*d.day)
		switch {
		case *d.day == "":
			faults = append(faults, message.Errorf("%s: is missing; give a day, such as 2011-12-31", d.flag))
		case err != nil:
			faults = append(faults, message.Errorf("%s: %w", d.flag, err))
		default:
			*d.day = day
		}
	}
	return errors.Join(faults...)
}

func checkData(data string) error {
	if data == "" {
		return message.Errorf("--data: is missing; give a folder with the CSV files, see liantu evaluate --help")
	}
	return nil
}

// readPlain reads files of a folder in the plain layout, with a hint when one
// is not there.
func readPlain(folder string, files ...string) (*evaluate.Folder, error) {
	f, err := evaluate.ReadFolder(folder, files...)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, hint(err, schema.Text{
			Zh: "所需文件及其列见 liantu evaluate --help；liantu evaluate convert 可生成这些文件",
			En: "liantu evaluate --help lists the files and their columns; liantu evaluate convert makes them",
		})
	}
	return f, err
}

// withPlainStore reads the companies of a folder and makes an empty store for
// them, which it removes in the end.
func withPlainStore(folder string, do func(graph.Store, *evaluate.Folder) error) (err error) {
	f, err := readPlain(folder, evaluate.CompaniesFile, evaluate.ItemsFile)
	if err != nil {
		return err
	}
	temporary, err := os.MkdirTemp("", "liantu-evaluate-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	store, err := filestore.Open(filepath.Join(temporary, "graph.db"), evaluate.Model())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return do(store, f)
}

func readJSON(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return message.Errorf("%s: %w", path, err)
	}
	return nil
}
