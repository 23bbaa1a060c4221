// Package area shows a region in a picture without any verdict: its companies, who is
// present by which grade of evidence, its peers, and the links in a scope; and the
// populations that lists hold whole in it, with their members.
//
// Package gaps and those above it, api, the program and tests may import area;
// it imports projection, graph and schema.
package area
