package disclosure_test

import (
	"path/filepath"
	"strings"
	"testing"

	"liantu/api/disclosure"
	"liantu/graph"
	"liantu/graph/filestore"
	"liantu/graph/projection"
	"liantu/schema"
)

// roster is a picture of persons and contacts in a real store.
func roster(t *testing.T, nodes map[string][]map[string]any) *projection.Projection {
	t.Helper()
	store, err := filestore.Open(filepath.Join(t.TempDir(), "graph.db"), schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	by := graph.Provenance{Source: "示例名册", AsOf: "2026-11-24", Grade: graph.GradeB}
	var batch graph.Batch
	for kind, list := range nodes {
		for _, values := range list {
			d := graph.NodeDraft{Kind: kind, Keys: graph.KeysOf(schema.Default().Node(kind), values)}
			for name, value := range values {
				d.Facts = append(d.Facts, graph.Fact{Property: name, Value: value, Provenance: by})
			}
			batch.Nodes = append(batch.Nodes, d)
		}
	}
	if _, err := store.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	g, err := projection.Build(t.Context(), schema.Default(), store)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestMaskNote masks notes. Every row shows what is recorded of a text; masked again
// it stays the same.
func TestMaskNote(t *testing.T) {
	g := roster(t, map[string][]map[string]any{
		projection.Person: {
			{"code": "P1", "name": "王小明"},
			{"code": "P2", "name": "欧阳锋"},
			{"code": "P3", "name": "John Smith"},
			{"code": "P4", "name": "劉德華"},
			{"code": "P5", "name": "Li"},
			{"code": "P6", "name": "阿依古丽·买买提"},
		},
		projection.Company: {{"name": "示例公司", "legal_representative": "钱多多", "contact_name": "贾联系"}},
		projection.Project: {{"code": "X1", "name": "一期", "owner": "冉负责"}},
	})
	for text, want := range map[string]string{
		"":                  "",
		"约见王小明 13812345678": "约见王** 138****5678",
		"约见王 小 明":           "约见王**",
		"约见王·小·明":           "约见王**",
		"与欧阳锋、钱多多、贾联系和冉负责":             "与欧**、钱**、贾**和冉**",
		"visit john smith, JohnSmith":  "visit j**, J**",
		"meet Li, a client of Lily":    "meet L**, a client of Lily",
		"见刘德华":                         "见刘**",
		"见劉德華":                         "见劉**",
		"见阿依古丽买买提":                     "见阿**",
		"陈建国主任来访":                      "陈**主任来访",
		"陈建国总经理、司马光先生":                 "陈**总经理、司**先生",
		"周杰总":                          "周**总",
		"方案总体可行":                       "方案总体可行",
		"登记同意，核对示例公司的电话":               "登记同意，核对示例公司的电话",
		"电话 +86 138-1234-5678":         "电话 +138****5678",
		"电话 138 1234 5678 转 8":         "电话 138****5678 转 8",
		"１３８１２３４５６７８":                  "138****5678",
		"一三八一二三四五六七八":                  "138****5678",
		"1-3-8-1-2-3-4-5-6-7-8":        "138****5678",
		"138.1234.5678":                "138****5678",
		"座机 0571-88886666":             "座机 ****",
		"110101199003070017":           "****",
		"11010119900307001X, 再谈":       "****, 再谈",
		"11010119900307001x":           "****",
		"编号 1234567":                   "编号 ****",
		"编号 123456":                    "编号 123456",
		"2026-11-20 来函":                "2026-11-20 来函",
		"2026年11月20日下午 9:30-11:30":     "2026年11月20日下午 9:30-11:30",
		"邮箱 wang.xm@example.org，急":     "邮箱 w***@****，急",
		"wang＠example．org":             "w***@****",
		"13812345678@qq.com":           "1***@****",
		"加微信：wxm_1988 再约":              "加微信：**** 再约",
		"微信号 wxid-abc":                 "微信号 ****",
		"QQ 12345":                     "QQ ****",
		"会议室 3，12 月 5 日，光刻胶项目 12000 万": "会议室 3，12 月 5 日，光刻胶项目 12000 万",
	} {
		if got := disclosure.MaskNote(g, text); got != want {
			t.Errorf("%q is recorded as %q, want %q", text, got, want)
		} else if again := disclosure.MaskNote(g, got); again != got {
			t.Errorf("%q masked again is %q", got, again)
		}
	}
	if got := disclosure.MaskNote(nil, "约见王小明主任"); got != "约见王**主任" {
		t.Errorf("without a picture %q", got)
	}
}

// TestMaskNoteHoweverWritten masks numbers and addresses as people write them so that
// programs do not find them, and leaves times, dates, amounts and marks of lists.
func TestMaskNoteHoweverWritten(t *testing.T) {
	for text, want := range map[string]string{
		"138:1234:5678":       "138****5678",
		"138：1234：5678":       "138****5678",
		"138    1234    5678": "138****5678",
		"138\u3000\u3000\u3000\u30001234—————5678": "138****5678",
		"1*3*8*1*2*3*4*5*6*7*8":                    "138****5678",
		"①③⑧①②③④⑤⑥⑦⑧":                              "138****5678",
		"⒈⒊⒏⒈⒉⒊⒋⒌⒍⒎⒏":                              "138****5678",
		"⑴⑶⑻⑴⑵⑶⑷⑸⑹⑺⑻":                              "138****5678",
		"❶❸❽➀➁➂➃➄➅➆➇":                              "138****5678",
		"𝟏𝟑𝟖¹²³₄₅₆₇₈":                              "138****5678",
		"㈠㈢㈧㊀㊁㊂㊃㊄㊅㊆㊇":                              "138****5678",
		"1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣":        "138****5678️⃣",
		"一三八-一二三四-五六七○":                            "138****5670",
		"138转1234转5678":                            "138****5678",
		"138号1234号5678":                            "138****5678",
		"138杠1234杠5678转8001":                       "138****5678转8001",
		"13812345678X123":                          "138****5678X123",
		"13812o45678":                              "138****5678",
		"138l2345678":                              "138****5678",
		"l38I23456OO，再谈":                           "l****OO，再谈",
		"2026-11-29 13812345678":                   "****",
		"13:50:12-3:45:01":                         "135****4501",
		"a.b @ c.com":                              "a***@****",
		"a.b(at)c.com":                             "a***@****",
		"a.b （AT） c[dot]com":                       "a***@****",
		"见 a.b@c，再谈":                               "见 a***@****，再谈",
		"下午 14:30":                                 "下午 14:30",
		"9:00-11:00":                               "9:00-11:00",
		"09：00 — 11：00":                            "09：00 — 11：00",
		"2026-11-29 14:30":                         "2026-11-29 14:30",
		"2026-11-29 14:30:05-16:00":                "2026-11-29 14:30:05-16:00",
		"2026-11-20 - 2026-11-25":                  "2026-11-20 - 2026-11-25",
		"11/29 14:30-16:00":                        "11/29 14:30-16:00",
		"29号14:30-30号 16:30":                       "29号14:30-30号 16:30",
		"2026年11月29日":                              "2026年11月29日",
		"3号楼5层，江南大道3588号1201室":                     "3号楼5层，江南大道3588号1201室",
		"1,200.50万元，比例 3:2，18号线":                   "1,200.50万元，比例 3:2，18号线",
		"①签约 ②落地 ③投产":                              "①签约 ②落地 ③投产",
		"600519.SH 与 300750.SZ":                    "600519.SH 与 300750.SZ",
		"meeting @ Hangzhou":                       "meeting @ Hangzhou",
	} {
		if got := disclosure.MaskNote(nil, text); got != want {
			t.Errorf("%q is recorded as %q, want %q", text, got, want)
		} else if again := disclosure.MaskNote(nil, got); again != got {
			t.Errorf("%q masked again is %q", got, again)
		}
	}
}

// TestMaskNoteForgetsWithThePicture checks that a name is found by its own picture
// alone.
func TestMaskNoteForgetsWithThePicture(t *testing.T) {
	with := roster(t, map[string][]map[string]any{projection.Person: {{"code": "P1", "name": "图兰朵"}}})
	without := roster(t, map[string][]map[string]any{projection.Person: {{"code": "P1", "name": "卡拉夫"}}})
	if got := disclosure.MaskNote(with, "图兰朵") + disclosure.MaskNote(without, "图兰朵"); got != "图**图兰朵" {
		t.Errorf("got %q", got)
	}
}

// FuzzMaskNote checks that no mobile number passes, wherever it stands, and that what is
// masked stays as it is.
func FuzzMaskNote(f *testing.F) {
	for _, seed := range []string{"约见 ", "+86 ", "a", "2026-11-20 ", "（", "一", "1", "转8001", "X1", "*2", "o@b.c", "①：", "14:30 "} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		got := disclosure.MaskNote(nil, before+"13812345678"+after)
		if strings.Contains(got, "13812345678") {
			t.Errorf("%q between %q and %q", got, before, after)
		}
		if again := disclosure.MaskNote(nil, got); again != got {
			t.Errorf("%q masked again is %q", got, again)
		}
	})
}
