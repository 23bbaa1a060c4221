// Package lists holds what a load says of lists of companies: the population that a list
// was meant to hold and where it is complete, whether a list looks complete and does not
// say so, and how many of the companies that other sources know a list holds.
//
// Package loaders imports it; it imports graph and schema.
package lists

import (
	"cmp"
	"slices"
	"strings"

	"liantu/graph"
	"liantu/message"
	"liantu/schema"
)

// The kinds and properties that lists are about.
const (
	SourceKind  = "Source"
	CompanyKind = "Company"

	population = "population"
	completeIn = "complete_in"
	scope      = "scope"
	completeOn = "complete_on"

	selection = "SELECTION" // the population of a list that is never complete
)

// Declared is what a load states of the lists that it reads, as people write it. Blank
// parts state nothing.
type Declared struct {
	Population string // by name, label or alias
	CompleteIn string // regions by code or name
	Scope      string // ecosystems, chains and links by code or name
	CompleteOn string // the day as of which the lists are whole; the default is the newest of their rows
}

// Declaration is a Declared that was read.
type Declaration struct {
	Population string
	CompleteIn []string
	Scope      []string // codes, once [Declaration.Settle] found them
	CompleteOn string
}

// Read reads what is declared, with everything that is wrong with it. The kind is that
// of sources; after today no list can be complete.
func (d Declared) Read(kind *schema.Kind, today string) (Declaration, []error) {
	var read Declaration
	var faults []error
	fail := func(err error) { faults = append(faults, err) }
	if d == (Declared{}) {
		return read, nil
	}
	if kind == nil {
		return read, []error{message.Errorf("the vocabulary has no sources, so nothing can be said of their population")}
	}
	value := func(flag, property, text string) any {
		if text == "" {
			return nil
		}
		v, err := kind.Property(property).Parse(text)
		if day, ok := v.(string); ok && err == nil && property == completeOn {
			err = schema.InFuture(day, today)
		}
		if err != nil {
			fail(message.Errorf("%s: %w", flag, err))
		}
		return v
	}
	read.Population, _ = value("--population", population, d.Population).(string)
	read.CompleteIn, _ = value("--complete-in", completeIn, d.CompleteIn).([]string)
	read.Scope, _ = value("--scope", scope, strings.ReplaceAll(d.Scope, ",", ";")).([]string)
	read.CompleteOn, _ = value("--complete-on", completeOn, d.CompleteOn).(string)
	switch {
	case d.CompleteIn == "" && (d.Scope != "" || d.CompleteOn != ""):
		fail(message.Errorf("--scope and --complete-on say what of a list is complete; give --population and --complete-in with them"))
	case d.CompleteIn != "" && d.Population == "":
		fail(message.Errorf("--complete-in needs --population: which companies the list holds whole there, one of %s", choices(kind)))
	case d.CompleteIn != "" && read.Population == selection:
		fail(message.Errorf("a selection is complete nowhere: leave out --complete-in, or give as --population what the list holds whole, one of %s", choices(kind)))
	}
	return read, faults
}

// choices lists the populations that a list may hold whole.
func choices(kind *schema.Kind) message.List {
	var list message.List
	for _, v := range kind.Property(population).Values {
		if v.Name != selection {
			list = append(list, message.New("%s (%s)", v.Name, v.Label))
		}
	}
	return list
}

// Stated reports whether anything is declared.
func (d *Declaration) Stated() bool { return d.Population != "" }

// Settle replaces the texts of the scope by the codes of what they name.
func (d *Declaration) Settle(known *Known) error {
	codes := make([]string, 0, len(d.Scope))
	for _, text := range d.Scope {
		code, err := known.code(text)
		if err != nil {
			return message.As(graph.ErrInvalid, "load: --scope: %w", err)
		}
		codes = append(codes, code)
	}
	slices.Sort(codes)
	d.Scope = slices.Compact(codes)
	return nil
}

// Properties returns what is declared of a source as its properties. The newest is the
// newest day of its rows.
func (d *Declaration) Properties(source, newest string) map[string]any {
	props := map[string]any{"name": source, population: d.Population}
	if len(d.CompleteIn) > 0 {
		props[completeIn], props[completeOn] = d.CompleteIn, d.Day(newest)
	}
	if len(d.Scope) > 0 {
		props[scope] = d.Scope
	}
	return props
}

// Day returns the day as of which a source is complete, "" for one that is complete
// nowhere.
func (d *Declaration) Day(newest string) string {
	if len(d.CompleteIn) == 0 {
		return ""
	}
	return cmp.Or(d.CompleteOn, newest)
}
