package show

import (
	"fmt"
	"strings"

	"liantu/access"
	"liantu/schema"
)

// Verified says what is proved of an audit log that is as it was written: its head
// first, then by which key, and whether its end is proved.
func Verified(t Terminal, v access.Verified) error {
	if _, err := fmt.Fprintf(t.Out, "%d entries, head %s\n", v.Head.Number, v.Head.Hash); err != nil {
		return err
	}
	said := schema.Text{
		Zh: "已封签；公钥 " + v.Key,
		En: "sealed; public key " + v.Key,
	}
	switch {
	case v.Key == "":
		said = schema.Text{
			Zh: "尚未封签：只核验了哈希链；下一条记录写入时即封签",
			En: "not sealed yet: verified by its hashes alone; the next entry seals it",
		}
	case !v.Sealed:
		said = schema.Text{
			Zh: "签名与公钥 " + v.Key + " 相符；没有封签文件，末尾是否被截去无从得知",
			En: "signed with the key " + v.Key + "; without the seal it is not known whether the end was cut off",
		}
	}
	if err := t.Say(said); err != nil || v.Unfinished == 0 {
		return err
	}
	return t.Say(schema.Text{
		Zh: fmt.Sprintf("末尾另有 %d 字节，是中断时未写完的一行；下一条记录写入时截去并注明", v.Unfinished),
		En: fmt.Sprintf("%d bytes follow that are the beginning of a line which a crash left unfinished; the next entry cuts them off and notes it", v.Unfinished),
	})
}

// Audit is a table of entries of the audit log.
func Audit(entries []access.Entry) *Table {
	t := &Table{Columns: []Column{
		{Name: "number", Head: schema.Text{Zh: "序号", En: "NO"}, Right: true},
		{Name: "time", Head: schema.Text{Zh: "时间", En: "TIME"}},
		{Name: "who", Head: schema.Text{Zh: "何人", En: "WHO"}},
		{Name: "role", Head: schema.Text{Zh: "角色", En: "ROLE"}},
		{Name: "action", Head: schema.Text{Zh: "动作", En: "ACTION"}},
		{Name: "fields", Head: schema.Text{Zh: "字段", En: "FIELDS"}, Flex: true},
		{Name: "elements", Head: schema.Text{Zh: "条数", En: "ELEMENTS"}, Right: true},
		{Name: "purpose", Head: schema.Text{Zh: "用途", En: "PURPOSE"}, Flex: true},
		{Name: "detail", Head: schema.Text{Zh: "说明", En: "DETAIL"}, Flex: true},
	}}
	for _, e := range entries {
		t.Add(Count(int(e.Number)), Word(e.Time.Local().Format("2006-01-02 15:04:05")), Word(e.Who), Word(string(e.Role)), Word(string(e.Action)),
			Word(strings.Join(e.Fields, " ")), Count(max(e.Count, len(e.IDs))), Word(e.Purpose), Word(e.Detail))
	}
	return t
}
