package place

import (
	"io/fs"
	"sync"
)

// builtIn are the tables and the model that the package holds. That they cannot be read is
// a fault of the build, which a test finds.
var builtIn = sync.OnceValues(func() (*Tables, *Model) {
	sub, err := fs.Sub(embedded, "tables")
	if err != nil {
		panic(err)
	}
	tables, err := ReadTables(sub)
	if err != nil {
		panic(err)
	}
	model, err := ReadModel(sub)
	if err != nil {
		panic(err)
	}
	return tables, model
})

// Default prepares the links of a taxonomy for placement with the tables and the points
// of this package; see [NewPlacer].
func Default(links []Link, precision float64) (*Placer, error) {
	t, err := NewTaxonomy(links)
	if err != nil {
		return nil, err
	}
	tables, model := builtIn()
	return NewPlacer(t, tables, model, precision)
}

// BuiltIn returns the model of this package: its points and thresholds.
func BuiltIn() *Model {
	_, model := builtIn()
	return model
}

// With is [Default] with points of one's own.
func With(links []Link, model *Model, precision float64) (*Placer, error) {
	t, err := NewTaxonomy(links)
	if err != nil {
		return nil, err
	}
	tables, _ := builtIn()
	return NewPlacer(t, tables, model, precision)
}
