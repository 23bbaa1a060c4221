// Package area shows a region in a picture without any verdict: its companies,
// who is present by which grade of evidence, the areas above it with companies
// that are placed no better, its peers, and the links in a scope.
//
// Package gaps and those above it, api, the program and tests may import area;
// it imports projection, graph and schema.
package area
