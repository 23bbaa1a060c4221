package rows

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"liantu/message"
)

// The names by which the parts of a workbook are read. A workbook may give them
// others: what a part is follows from the relation that leads to it (ECMA-376
// part 2, 9.3, and part 1, 12.2).
const (
	workbookPart  = "xl/workbook.xml"
	workbookLinks = "xl/_rels/workbook.xml.rels"
	rootLinks     = "_rels/.rels"

	officeDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
)

// standardParts are the names of parts by the end of the type of their relation.
var standardParts = map[string]string{
	"officeDocument": workbookPart, "core-properties": "docProps/core.xml",
	"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml", "theme": "xl/theme/theme1.xml",
}

// relations are the relations of a part.
type relations struct {
	XMLName xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/relationships Relationships"`
	List    []relation `xml:"Relationship"`
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr,omitempty"`
}

// kind is the end of the type, which is the same in both variants of the standard.
func (r *relation) kind() string { return r.Type[strings.LastIndexByte(r.Type, '/')+1:] }

// to returns the name of the part to which a relation of a part in a folder leads.
func (r *relation) to(folder string) string {
	if strings.HasPrefix(r.Target, "/") {
		return strings.TrimPrefix(path.Clean(r.Target), "/")
	}
	return path.Join(folder, r.Target)
}

// standardised returns an archive in which the parts of a workbook have the names
// by which they are read: the archive itself if they have, or if it is no workbook.
func standardised(r io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	parts, err := OpenArchive(r, size)
	if err != nil {
		return nil, 0, err
	}
	m := &mover{book: &book{parts: parts}, moves: map[string]string{}, links: map[string]*relations{}}
	if !m.find() || len(m.links) == 0 {
		return r, size, nil
	}
	data, err := m.rewritten()
	if err != nil {
		return nil, 0, &ParseError{Reason: message.New("the workbook is damaged: %v", err), Err: ErrFormat}
	}
	return bytes.NewReader(data), int64(len(data)), nil
}

// mover gives the parts of a workbook other names.
type mover struct {
	*book
	moves map[string]string     // by present name in lower case
	links map[string]*relations // by name after the move: the relations, whose targets have moved
}

// find finds what has to move. It reports false for an archive that is no workbook.
func (m *mover) find() bool {
	root := new(relations)
	if m.part(rootLinks) == nil { // needed by whoever reads the workbook
		root.List = []relation{{ID: "rId1", Type: officeDocument, Target: workbookPart}}
		m.links[rootLinks] = root
	} else if m.parse(rootLinks, root) != nil {
		return false
	}
	at := m.take(root, "")
	if at == "" || !m.isWorkbook(at) {
		return false
	}
	own := path.Join(path.Dir(at), "_rels", path.Base(at)+".rels")
	links := new(relations)
	if m.part(own) == nil || m.parse(own, links) != nil {
		return false // as the reader of the workbook reports
	}
	m.take(links, path.Dir(at))
	if len(m.moves) > 0 {
		m.moves[strings.ToLower(own)] = workbookLinks
		m.links[rootLinks], m.links[workbookLinks] = root, links
	}
	return true
}

// take notes which parts must move to which relations of a part in a folder lead,
// and lets the relations lead to where they will be. It returns the present name
// of the workbook, if one of them leads to it.
func (m *mover) take(links *relations, folder string) (workbook string) {
	for i := range links.List {
		l := &links.List[i]
		if strings.EqualFold(l.Mode, "External") {
			continue
		}
		name := l.to(folder)
		part := m.part(name)
		if part == nil {
			continue
		}
		standard := standardParts[l.kind()]
		switch {
		case l.kind() == "officeDocument":
			workbook = name
		case l.kind() == "worksheet" && !isSheetPart(name):
			standard = fmt.Sprintf("xl/worksheets/sheet-%d.xml", i+1)
		}
		if standard != "" && !strings.EqualFold(standard, name) {
			m.moves[strings.ToLower(part.Name)] = standard
			name = standard
		}
		l.Target = "/" + name
	}
	return workbook
}

// isWorkbook reports whether a part is a workbook by its first element.
func (m *mover) isWorkbook(name string) bool {
	in, err := m.part(name).Open()
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

// rewritten returns the archive with its parts moved. Their contents are copied
// as they are packed.
func (m *mover) rewritten() ([]byte, error) {
	taken := map[string]bool{}
	for _, name := range m.moves {
		taken[strings.ToLower(name)] = true
	}
	for name := range m.links {
		taken[name] = true
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range m.parts.File {
		header := p.FileHeader
		name, moved := m.moves[strings.ToLower(p.Name)]
		if moved {
			header.Name = name
		} else if taken[strings.ToLower(strings.ReplaceAll(p.Name, `\`, "/"))] {
			continue // another part has its name now
		}
		if m.links[header.Name] != nil {
			continue
		}
		packed, err := p.OpenRaw()
		if err != nil {
			return nil, err
		}
		to, err := w.CreateRaw(&header)
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(to, packed); err != nil {
			return nil, err
		}
	}
	for name, links := range m.links {
		to, err := w.Create(name)
		if err != nil {
			return nil, err
		}
		if err := xml.NewEncoder(to).Encode(links); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), errors.Join(err)
}
