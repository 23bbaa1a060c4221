package rows

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// What a part of a workbook is follows from the relation that leads to it, whatever its
// name (ECMA-376 part 2, 9.3, and part 1, 12.2). These are the ends of the types of
// relations, which are the same in both variants of the standard.
const (
	workbookPart = "officeDocument"
	corePart     = "core-properties"
	textsPart    = "sharedStrings"
	stylesPart   = "styles"
	sheetPart    = "worksheet"
)

// relations are the relations of a part.
type relations struct {
	List []relation `xml:"Relationship"`
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// kind is the end of the type.
func (r *relation) kind() string { return r.Type[strings.LastIndexByte(r.Type, '/')+1:] }

// to returns the name of the part to which a relation of a part in a folder leads.
func (r *relation) to(folder string) string {
	if strings.HasPrefix(r.Target, "/") {
		return strings.TrimPrefix(path.Clean(r.Target), "/")
	}
	return path.Join(folder, r.Target)
}

// find finds the workbook among the parts, and its properties, by the relations of the
// archive. Where these are missing or lead to no workbook the usual names count.
func (b *book) find() {
	b.names = map[string]string{workbookPart: "xl/workbook.xml", corePart: "docProps/core.xml"}
	var root relations
	if b.part("_rels/.rels") == nil || b.parse("_rels/.rels", &root) != nil {
		return
	}
	b.follow(&root, "")
	if name := b.names[workbookPart]; b.part(name) == nil || name != "xl/workbook.xml" && !b.isWorkbook(name) {
		b.names[workbookPart] = "xl/workbook.xml"
	}
}

// links reads the relations of the workbook and finds the parts that its sheets share.
// It returns the folder to which they are relative, too.
func (b *book) links() (links relations, folder string, err error) {
	folder, base := path.Split(b.names[workbookPart])
	b.names[textsPart], b.names[stylesPart] = folder+"sharedStrings.xml", folder+"styles.xml"
	if err := b.parse(folder+"_rels/"+base+".rels", &links); err != nil {
		return links, folder, err
	}
	b.follow(&links, folder)
	return links, folder, nil
}

// follow takes the names of the parts to which relations lead.
func (b *book) follow(links *relations, folder string) {
	for i := range links.List {
		l := &links.List[i]
		if strings.EqualFold(l.Mode, "External") {
			continue
		}
		switch kind, name := l.kind(), l.to(folder); kind {
		case workbookPart, corePart, textsPart, stylesPart:
			if b.part(name) != nil {
				b.names[kind] = name
			}
		}
	}
}

// isWorkbook reports whether a part is a workbook by its first element.
func (b *book) isWorkbook(name string) bool {
	in, err := b.part(name).Open()
	if err != nil {
		return false
	}
	defer in.Close() //nolint:errcheck // nothing was written
	d := xml.NewDecoder(io.LimitReader(in, MaxCell))
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		if start, ok := token.(xml.StartElement); ok {
			return start.Name.Local == "workbook"
		}
	}
}

// part returns the part of a name, nil if there is none.
func (b *book) part(name string) *zip.File {
	for _, p := range b.parts.File {
		if strings.EqualFold(strings.ReplaceAll(p.Name, `\`, "/"), name) {
			return p
		}
	}
	return nil
}
