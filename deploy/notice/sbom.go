package main

import (
	"encoding/json"
	"io"
	"runtime/debug"
)

// bill is a list of components in the form of CycloneDX 1.6, with the members that a
// list of modules needs. It has no serial number and no time, so that the same sources
// give the same list.
type bill struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type     string    `json:"type"`
	Ref      string    `json:"bom-ref"`
	Name     string    `json:"name"`
	Version  string    `json:"version,omitempty"`
	URL      string    `json:"purl,omitempty"`
	Licences []licence `json:"licenses,omitempty"`
}

type licence struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

// writeBill writes the list of components.
func writeBill(out io.Writer, all []licensed) error {
	b := bill{Format: "CycloneDX", Spec: "1.6", Version: 1}
	b.Metadata.Component = component{Type: "application", Ref: "liantu", Name: "liantu", Licences: named("Apache-2.0")}
	for _, l := range all {
		c := component{Type: "library", Name: l.Path, Version: l.Version, URL: "pkg:golang/" + l.Path + "@" + l.Version, Licences: named(l.kinds...)}
		if l.Path == library {
			c.Name, c.Version = "std", goVersion()
			c.URL = "pkg:golang/std@" + c.Version
		}
		c.Ref = c.URL
		b.Components = append(b.Components, c)
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(b)
}

// goVersion returns the version of the toolchain, such as 1.26.8.
func goVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || len(info.GoVersion) < len("go1") {
		return "unknown"
	}
	return info.GoVersion[len("go"):]
}

func named(ids ...string) []licence {
	list := make([]licence, len(ids))
	for i, id := range ids {
		list[i].License.ID = id
	}
	return list
}
