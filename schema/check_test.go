package schema_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"liantu/schema"
)

func TestShippedModelHasNoFault(t *testing.T) {
	for _, f := range schema.Default().Check() {
		t.Error(f)
	}
}

// A small sound model, in which each case breaks one thing.
var soundModel = map[string]string{
	"common.yaml": `
node:
  - {name: synthetic, type: bool, label: {zh: 示例, en: synthetic}, description: {zh: 虚构。, en: Invented.}}
edge:
  - {name: valid_from, type: date, label: {zh: 起始, en: valid from}, description: {zh: 首日。, en: First day.}}
row:
  - {name: source, type: text, label: {zh: 来源, en: source}, description: {zh: 来源。, en: Source.}}
  - {name: as_of, type: date, label: {zh: 数据日期, en: as of}, description: {zh: 日期。, en: Day.}}
  - {name: grade, type: text, label: {zh: 等级, en: grade}, description: {zh: 等级。, en: Grade.}}
  - {name: from, type: text, label: {zh: 主体, en: from}, description: {zh: 主体。, en: Subject.}, aliases: [起点]}
  - {name: to, type: text, label: {zh: 客体, en: to}, description: {zh: 客体。, en: Object.}}
  - {name: from_kind, type: text, label: {zh: 主体类别, en: from kind}, description: {zh: 类别。, en: Kind.}}
  - {name: to_kind, type: text, label: {zh: 客体类别, en: to kind}, description: {zh: 类别。, en: Kind.}}
`,
	"Firm.yaml": `
name: Firm
label: {zh: 企业, en: Firm}
plural: {zh: 企业, en: Firms}
description: {zh: 一家企业。, en: A firm.}
caption: name
identify: [[code], [name, place]]
properties:
  - {name: code, type: text, label: {zh: 编号, en: code}, description: {zh: 编号。, en: Code.}}
  - {name: name, type: text, label: {zh: 名称, en: name}, description: {zh: 名称。, en: Name.}, aliases: [企业名称]}
  - {name: place, type: region, label: {zh: 地点, en: place}, description: {zh: 地点。, en: Place.}}
  - {name: phone, type: phone, label: {zh: 电话, en: phone}, description: {zh: 电话。, en: Phone.}, sensitivity: personal, reason: {zh: 联络。, en: To call.}}
  - {name: tags, type: texts, label: {zh: 标签, en: tags}, description: {zh: 标签。, en: Tags.}}
  - name: state
    type: enum
    label: {zh: 状态, en: state}
    description: {zh: 状态。, en: State.}
    values:
      - {name: OPEN, label: {zh: 开业, en: open}, aliases: [在业]}
      - {name: SHUT, label: {zh: 停业, en: shut}}
`,
	"OWNS.yaml": `
name: OWNS
label: {zh: 拥有, en: owns}
plural: {zh: 所有关系, en: ownerships}
description: {zh: 拥有。, en: Owns.}
edge:
  pairs: [[Firm, Firm]]
  reverse: {zh: 属于, en: owned by}
key: [level]
properties:
  - {name: level, type: text, label: {zh: 层次, en: level}, description: {zh: 层次。, en: Level.}}
`,
}

func modelFS(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func readModel(t *testing.T, files map[string]string) *schema.Model {
	t.Helper()
	m, err := schema.Read(modelFS(files))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSoundModelHasNoFault(t *testing.T) {
	for _, f := range readModel(t, soundModel).Check() {
		t.Error(f)
	}
}

func TestCheckFindsEachFault(t *testing.T) {
	for _, c := range []struct {
		name          string
		file, old, by string // what to change in the sound model
		want          string // the only fault
	}{
		{"two types", "OWNS.yaml", "properties:\n", "properties:\n  - {name: place, type: int, label: {zh: 名次, en: place}, description: {zh: 名次。, en: Rank.}}\n", `OWNS.yaml: property "place": the type is int here and region in Firm`},
		{"file name", "OWNS.yaml", "name: OWNS\n", "name: HOLDS\n", `HOLDS.yaml: the kind is declared in OWNS.yaml; a kind has the name of its file`},
		{"node name", "Firm.yaml", "name: Firm\n", "name: firm\n", `the name of a node kind is written like TaskForce`},
		{"edge name", "OWNS.yaml", "name: OWNS\n", "name: Owns\n", `the name of an edge kind is written like OPERATES_IN`},
		{"property name", "Firm.yaml", "name: tags", "name: theTags", `property "theTags": the name of a property is written like stock_code`},
		{"bookkeeping name", "Firm.yaml", "name: tags", "name: _tags", `property "_tags": the name of a property is written like stock_code and never begins with _`},
		{"reserved name", "Firm.yaml", "name: tags", "name: id", `property "id": the name is reserved`},
		{"declared twice", "Firm.yaml", "name: tags, type: texts", "name: place, type: region", `Firm.yaml: property "place": the property is declared twice`},
		{"unknown type", "Firm.yaml", "type: texts", "type: colour", `Firm.yaml: property "tags": the type "colour" is unknown`},
		{"unknown sensitivity", "Firm.yaml", "sensitivity: personal, reason: {zh: 联络。, en: To call.}", "sensitivity: secret", `property "phone": the sensitivity "secret" is unknown`},
		{"personal without reason", "Firm.yaml", ", reason: {zh: 联络。, en: To call.}", ", reason: {en: To call.}", `property "phone": reason lacks zh`},
		{"reason without need", "Firm.yaml", "sensitivity: personal", "sensitivity: public", `property "phone": reason is for personal properties`},
		{"no Chinese label", "Firm.yaml", "label: {zh: 标签, en: tags}", "label: {en: tags}", `property "tags": label lacks zh`},
		{"English for Chinese", "Firm.yaml", "label: {zh: 标签, en: tags}", "label: {zh: labels, en: tags}", `property "tags": label has no Chinese in zh: "labels"`},
		{"no English label", "Firm.yaml", "label: {zh: 标签, en: tags}", "label: {zh: 标签}", `property "tags": label lacks en`},
		{"Chinese for English", "Firm.yaml", "label: {zh: 标签, en: tags}", "label: {zh: 标签, en: 记号}", `property "tags": label has no English in en: "记号"`},
		{"no description", "Firm.yaml", "description: {zh: 标签。, en: Tags.}", "description: {zh: 标签。}", `property "tags": description lacks en`},
		{"no plural", "Firm.yaml", "plural: {zh: 企业, en: Firms}\n", "plural: {zh: 企业}\n", `Firm.yaml: plural lacks en`},
		{"no reverse", "OWNS.yaml", "reverse: {zh: 属于, en: owned by}", "reverse: {en: owned by}", `OWNS.yaml: reverse lacks zh`},
		{"alias of two", "Firm.yaml", "aliases: [企业名称]", "aliases: [编 号]", `property "name": the head "编 号" belongs to code already`},
		{"label of two", "Firm.yaml", "label: {zh: 标签, en: tags}", "label: {zh: 地点, en: tags}", `property "tags": the head "地点" belongs to place already`},
		{"alias twice", "Firm.yaml", "aliases: [企业名称]", "aliases: [企业名称, 企业 名称]", `property "name": the alias "企业 名称" is there already`},
		{"alias of the row", "Firm.yaml", "aliases: [企业名称]", "aliases: [来源]", `property "name": the head "来源" belongs to the column source already`},
		{"alias of an end", "OWNS.yaml", "label: {zh: 层次, en: level}", "label: {zh: 起点, en: level}", `property "level": the head "起点" belongs to the column from already`},
		{"kinds of one label", "OWNS.yaml", "label: {zh: 拥有, en: owns}", "label: {zh: 企业, en: owns}", `OWNS.yaml: the label "企业" is that of Firm already`},
		{"caption unknown", "Firm.yaml", "caption: name", "caption: title", `Firm.yaml: caption names "title", which is not a property of the kind`},
		{"caption missing", "Firm.yaml", "caption: name\n", "\n", `Firm.yaml: caption is missing`},
		{"identify unknown", "Firm.yaml", "[name, place]", "[name, plaice]", `Firm.yaml: identify names "plaice", which is not a property of the kind`},
		{"identify by a set", "Firm.yaml", "[name, place]", "[name, tags]", `property "tags": identify needs a single exact value, not a texts`},
		{"identify twice", "Firm.yaml", "[name, place]", "[name, name]", `property "name": identify names it twice`},
		{"identify empty", "Firm.yaml", "[[code], [name, place]]", "[[code], []]", `Firm.yaml: identify has an empty group`},
		{"fallback unknown", "Firm.yaml", "[[code], [name, place]]", "[[code]]\nfallback: [[name, plaice]]", `Firm.yaml: fallback names "plaice", which is not a property of the kind`},
		{"fallback empty", "Firm.yaml", "[[code], [name, place]]", "[[code]]\nfallback: [[]]", `Firm.yaml: fallback has an empty group`},
		{"fallback alone", "Firm.yaml", "identify: [[code], [name, place]]", "fallback: [[code], [name, place]]", `Firm.yaml: fallback needs a group of identify that is stronger`},
		{"fallback of an edge", "OWNS.yaml", "key: [level]\n", "key: [level]\nfallback: [[level]]\n", `OWNS.yaml: identify and fallback are for nodes`},
		{"identify missing", "Firm.yaml", "identify: [[code], [name, place]]\n", "\n", `Firm.yaml: identify is missing`},
		{"key of a node", "Firm.yaml", "caption: name\n", "caption: name\nkey: [code]\n", `Firm.yaml: key is for edges`},
		{"identify of an edge", "OWNS.yaml", "key: [level]\n", "key: [level]\nidentify: [[level]]\n", `OWNS.yaml: identify and fallback are for nodes`},
		{"key unknown", "OWNS.yaml", "key: [level]", "key: [layer]", `OWNS.yaml: key names "layer", which is not a property of the kind`},
		{"end unknown", "OWNS.yaml", "[[Firm, Firm]]", "[[Firm, Person]]", `OWNS.yaml: the edge joins "Person", which is not a node kind`},
		{"end is an edge", "OWNS.yaml", "[[Firm, Firm]]", "[[Firm, OWNS]]", `OWNS.yaml: the edge joins "OWNS", which is not a node kind`},
		{"no ends", "OWNS.yaml", "  pairs: [[Firm, Firm]]\n", "", `OWNS.yaml: the edge needs kinds at both ends`},
		{"enum without values", "Firm.yaml", "    values:\n      - {name: OPEN, label: {zh: 开业, en: open}, aliases: [在业]}\n      - {name: SHUT, label: {zh: 停业, en: shut}}\n", "", `property "state": an enum needs values`},
		{"values without enum", "Firm.yaml", "type: enum", "type: text", `property "state": values are for the type enum`},
		{"tie break without enum", "Firm.yaml", "type: region", "type: region, tie_break: [YES]", `property "place": tie_break is for the type enum`},
		{"enum name without enum", "Firm.yaml", "type: region", "type: region, enum: Place", `property "place": enum is for the type enum`},
		{"enum name of a kind", "Firm.yaml", "    type: enum\n", "    type: enum\n    enum: Firm\n", `property "state": the enum "Firm" needs a name like TaskForce that no kind has`},
		{"enum of other values", "Firm.yaml", "  - name: state\n", "  - {name: mood, type: enum, enum: State, label: {zh: 景气, en: mood}, description: {zh: 景气。, en: Mood.}, values: [{name: GOOD, label: {zh: 好, en: good}}]}\n  - name: state\n    enum: State\n", `property "state": the enum State has other values elsewhere`},
		{"tie break of some values", "Firm.yaml", "    values:\n      - {name: OPEN", "    tie_break: [SHUT]\n    values:\n      - {name: OPEN", `property "state": tie_break lists every value once, the one that wins first`},
		{"value name", "Firm.yaml", "name: SHUT", "name: shut down", `property "state": the value "shut down" is not written like MID_STREAM`},
		{"value label", "Firm.yaml", "label: {zh: 停业, en: shut}", "label: {en: shut}", `property "state": label of the value SHUT lacks zh`},
		{"value of two", "Firm.yaml", "aliases: [在业]", "aliases: [停业]", `property "state": "停业" means both OPEN and SHUT`},
		{"value twice", "Firm.yaml", "{name: SHUT, label: {zh: 停业, en: shut}}", "{name: OPEN, label: {zh: 停业, en: shut}}", `property "state": the value OPEN is declared twice`},
		{"row column missing", "common.yaml", "  - {name: grade, type: text, label: {zh: 等级, en: grade}, description: {zh: 等级。, en: Grade.}}\n", "", `common.yaml: property "grade": the column is not described under row`},
		{"row column unknown", "common.yaml", "row:\n", "row:\n  - {name: colour, type: text, label: {zh: 颜色, en: colour}, description: {zh: 颜色。, en: Colour.}}\n", `common.yaml: property "colour": no such column belongs to a row`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := maps.Clone(soundModel)
			if !strings.Contains(files[c.file], c.old) {
				t.Fatalf("%s does not hold %q", c.file, c.old)
			}
			files[c.file] = strings.Replace(files[c.file], c.old, c.by, 1)
			if c.name == "node name" {
				files["OWNS.yaml"] = strings.ReplaceAll(files["OWNS.yaml"], "Firm", "firm")
			}
			checkFaults(t, readModel(t, files).Check(), c.want, c.name == "node name" || c.name == "edge name")
		})
	}
}

// checkFaults checks that the fault is reported and, unless others follow from
// it, no other.
func checkFaults(t *testing.T, faults []schema.Fault, want string, others bool) {
	t.Helper()
	if !slices.ContainsFunc(faults, func(f schema.Fault) bool { return strings.Contains(f.String(), want) }) {
		t.Errorf("the faults are %q, want %q", faults, want)
	}
	if len(faults) != 1 && !others {
		t.Errorf("there are %d faults: %q", len(faults), faults)
	}
}

func TestReadJoinsAllFaults(t *testing.T) {
	files := maps.Clone(soundModel)
	files["Firm.yaml"] += "colour: red\n"
	files["OWNS.yaml"] = "name: [\n"
	files["Twin1.yaml"] = "name: Twin\n"
	files["Twin2.yaml"] = "name: Twin\n"
	_, err := schema.Read(modelFS(files))
	if err == nil {
		t.Fatal("a broken model was read")
	}
	for _, want := range []string{"Firm.yaml", "colour", "OWNS.yaml", `Twin2.yaml: kind "Twin" is declared twice`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q: %v", want, err)
		}
	}
}

func TestSharedPropertiesBelongToEachKind(t *testing.T) {
	m := readModel(t, soundModel)
	if p := m.Node("Firm").Property("synthetic"); p == nil || p.Sensitivity != schema.Public {
		t.Errorf("synthetic of Firm is %+v", p)
	}
	if m.EdgeKind("OWNS").Property("synthetic") != nil || m.EdgeKind("OWNS").Property("valid_from") == nil {
		t.Error("an edge has the properties of edges")
	}
	if m.Kind("Firm") == nil || m.Kind("Nothing") != nil || m.Node("OWNS") != nil || m.EdgeKind("Firm") != nil {
		t.Error("kinds are found by their names and sorts")
	}
}
