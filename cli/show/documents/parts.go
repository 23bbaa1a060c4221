package documents

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gomutex/godocx/docx"
	"github.com/gomutex/godocx/wml/ctypes"
	"github.com/gomutex/godocx/wml/stypes"
)

// The parts of a file that the library has no words for are written here.
const (
	footFile  = "word/footer1.xml"
	footID    = "rIdFoot"
	footType  = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
	footRel   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
	thumbnail = "docProps/thumbnail.jpeg" // of the template
	declared  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// foot puts a line, a text and the number of the page at the foot of every page.
func (w *writer) foot(d *Document) {
	text := func(s string) string {
		return fmt.Sprintf(`<w:r><w:rPr><w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, smallSize*2, escaped(s))
	}
	field := func(name string) string {
		return fmt.Sprintf(`<w:fldSimple w:instr=" %s "><w:r><w:rPr><w:sz w:val="%d"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>`, name, smallSize*2)
	}
	foot := declared + `<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr>` +
		fmt.Sprintf(`<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="%s"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, ruled, textWidth) +
		`</w:pPr>` + text(d.Foot) + `<w:r><w:tab/></w:r>` +
		text(d.Page.Before) + field("PAGE") + text(d.Page.Between) + field("NUMPAGES") + text(d.Page.After) +
		`</w:p></w:ftr>`
	w.root.FileMap.Store(footFile, []byte(foot))
	w.root.ContentType.Override = append(w.root.ContentType.Override, docx.Override{PartName: "/" + footFile, ContentType: footType})
	rels := &w.root.Document.DocRels
	rels.Relationships = append(rels.Relationships, &docx.Relationship{ID: footID, Type: footRel, Target: "footer1.xml"})
	w.root.Document.Body.SectPr.FooterReference = &ctypes.FooterReference{Type: stypes.HdrFtrDefault, ID: footID}
}

// properties says what the document is and when it was made, instead of what the template
// says of itself, whose small picture is left out.
func (w *writer) properties(d *Document) {
	made := d.Made.UTC().Format(time.RFC3339)
	w.root.FileMap.Store("docProps/core.xml", []byte(declared+
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>`+escaped(d.Title)+`</dc:title><dc:creator>liantu</dc:creator>`+
		`<dcterms:created xsi:type="dcterms:W3CDTF">`+made+`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">`+made+`</dcterms:modified></cp:coreProperties>`))
	w.root.FileMap.Delete(thumbnail)
	rels := &w.root.RootRels
	rels.Relationships = slices.DeleteFunc(rels.Relationships, func(r *docx.Relationship) bool { return strings.HasSuffix(thumbnail, r.Target) })
}

// escaped is a text within XML. What XML cannot hold becomes the sign for that.
func escaped(s string) string {
	var b strings.Builder
	// A builder takes whatever it is given.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}
