package rows

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"

	"liantu/message"
)

// foreign is the error of a file in a format that is not read, with what to do
// about it.
func foreign(what, remedy message.Text) *ParseError {
	return &ParseError{Reason: message.New("the file is %s, which is not read; %s", what, remedy), Err: ErrFormat}
}

var (
	saveAsBook = message.New("open it and save it as .xlsx (另存为 .xlsx)")
	copyTable  = message.New("copy its table into a workbook and save that as .xlsx")
	unpack     = message.New("unpack it and load what is in it, or pack it as .zip")
)

// magics are first bytes of files that hold no table that is read.
var magics = []struct {
	bytes        string
	what, remedy message.Text
}{
	{"%PDF-", message.New("a PDF"), copyTable},
	{"{\\rtf", message.New("a document in rich text (.rtf)"), copyTable},
	{"\x89PNG\r\n\x1a\n", message.New("an image (.png)"), copyTable},
	{"\xff\xd8\xff", message.New("an image (.jpg)"), copyTable},
	{"Rar!\x1a\x07", message.New("an archive of RAR"), unpack},
	{"7z\xbc\xaf\x27\x1c", message.New("an archive of 7-Zip (.7z)"), unpack},
	{"SQLite format 3\x00", message.New("a database of SQLite"), message.New("export its tables as CSV")},
	{"\x00\x01\x00\x00Standard Jet DB", message.New("a database of Access (.mdb)"), message.New("export its tables as .xlsx")},
	{"\x00\x01\x00\x00Standard ACE DB", message.New("a database of Access (.accdb)"), message.New("export its tables as .xlsx")},
	{"PAR1\x15", message.New("a table of Parquet"), message.New("export it as CSV")},
}

// foreignText returns the error of a file whose first bytes name a format that is
// not read, nil for others.
func foreignText(head []byte) *ParseError {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return foreign(m.what, m.remedy)
		}
	}
	if isXML := bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(head, []byte(bom))), []byte("<")); isXML {
		start := head[:min(len(head), 8<<10)]
		if bytes.Contains(start, []byte("urn:oasis:names:tc:opendocument:xmlns:office")) {
			return foreign(message.New("a document of OpenDocument as one XML (.fods)"), saveAsBook)
		}
	}
	return nil
}

// foreignArchive returns the error of an archive that is a document of another
// program, nil for others. What it is follows from its parts.
func foreignArchive(parts *zip.Reader) *ParseError {
	for _, p := range parts.File {
		switch name := strings.ToLower(strings.ReplaceAll(p.Name, `\`, "/")); {
		case name == "mimetype":
			if kind := openDocument(p); !kind.IsZero() {
				return foreign(kind, saveAsBook)
			}
		case strings.HasPrefix(name, "xl/") && strings.HasSuffix(name, ".bin") && strings.Contains(name, "/workbook"):
			return foreign(message.New("a binary workbook of Excel (.xlsb)"), saveAsBook)
		case strings.HasPrefix(name, "word/document"):
			return foreign(message.New("a document of Word or WPS (.docx)"), copyTable)
		case strings.HasPrefix(name, "ppt/presentation"):
			return foreign(message.New("a presentation (.pptx)"), copyTable)
		case name == "index/document.iwa" || name == "index.zip":
			return foreign(message.New("a document of Apple iWork such as Numbers (.numbers)"), message.New("export it there as Excel (.xlsx)"))
		}
	}
	return nil
}

// openDocument returns what a part called mimetype says of a document, "" for
// anything that is not OpenDocument.
func openDocument(part *zip.File) message.Text {
	const office = "application/vnd.oasis.opendocument."
	in, err := part.Open()
	if err != nil {
		return message.Text{}
	}
	defer in.Close() //nolint:errcheck // nothing was written
	text, err := io.ReadAll(io.LimitReader(in, 1<<10))
	if err != nil || !bytes.HasPrefix(text, []byte(office)) {
		return message.Text{}
	}
	if bytes.HasPrefix(text[len(office):], []byte("spreadsheet")) {
		return message.New("a spreadsheet of OpenDocument (.ods)")
	}
	return message.New("a document of OpenDocument")
}

// compound is the error of a compound file of OLE, which old programs of Office and
// WPS write. What it is follows from the streams that its directory names, see
// [MS-CFB] 2.2 and 2.6; .et of WPS holds the same stream as .xls.
func compound(name string, in io.Reader, head []byte) *ParseError {
	streams := streamsOf(in, head)
	switch {
	case streams["EncryptedPackage"]:
		return foreign(message.New("a workbook with a password"), message.New("open it and save it as .xlsx without a password (另存为 .xlsx)"))
	case (streams["Workbook"] || streams["Book"]) && Extension(name) == "et":
		return foreign(message.New("a workbook of WPS 表格 (.et)"), saveAsBook)
	case streams["Workbook"] || streams["Book"]:
		return foreign(message.New("a binary workbook of Excel 97 to 2003 (.xls)"), saveAsBook)
	case streams["WordDocument"] && Extension(name) == "wps":
		return foreign(message.New("a document of WPS 文字 (.wps)"), copyTable)
	case streams["WordDocument"]:
		return foreign(message.New("a document of Word or WPS 文字 (.doc, .wps)"), copyTable)
	case streams["PowerPoint Document"]:
		return foreign(message.New("a presentation (.ppt, .dps)"), copyTable)
	}
	return &ParseError{
		Reason: message.New("the file is a binary workbook of Excel 97 to 2003 (.xls), or one with a password; open it and save it as .xlsx without a password (另存为 .xlsx)"),
		Err:    ErrFormat,
	}
}

// streamsOf returns the names in the first entries of the directory of a compound
// file, of which the first bytes were looked at and not read. Each entry has 128
// bytes: its name in UTF-16, and at 64 the bytes that the name has.
func streamsOf(in io.Reader, head []byte) map[string]bool {
	const shiftAt, directoryAt, header, entry, lengthAt, looked = 30, 48, 512, 128, 64, 32
	names := map[string]bool{}
	if len(head) < header {
		return names
	}
	shift, first := binary.LittleEndian.Uint16(head[shiftAt:]), binary.LittleEndian.Uint32(head[directoryAt:])
	at := (int64(first) + 1) << shift
	if shift != 9 && shift != 12 || at > MaxPacked {
		return names
	}
	if _, err := io.CopyN(io.Discard, in, at); err != nil {
		return names
	}
	for range looked {
		var e [entry]byte
		if _, err := io.ReadFull(in, e[:]); err != nil {
			break
		}
		length := int(binary.LittleEndian.Uint16(e[lengthAt:]))
		if length < 2 || length > lengthAt {
			continue
		}
		var units []uint16
		for i := 0; i+2 < length; i += 2 { // without the NUL at its end
			units = append(units, binary.LittleEndian.Uint16(e[i:]))
		}
		names[string(utf16.Decode(units))] = true
	}
	return names
}
