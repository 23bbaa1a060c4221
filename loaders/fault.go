package loaders

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"liantu/loaders/choices"
	"liantu/message"
	"liantu/schema"
)

// Code names a type of fault. It is stable and meant for programs.
type Code string

// The codes of faults: E_ for what was left out, in whole or in part, W_ for what
// was loaded and should be checked. docs/loading.md states for each what to do
// about it.
const (
	CodeSyntax       Code = "E_SYNTAX"          // the row cannot be read: quotes, JSON, bytes that are not text
	CodeRagged       Code = "E_RAGGED_ROW"      // more or fewer fields than the header
	CodeDuplicate    Code = "E_DUPLICATE_KEY"   // one name twice in a JSON object
	CodeSecondTable  Code = "E_SECOND_TABLE"    // a second table below the first one
	CodeHeader       Code = "E_HEADER"          // no header, or a needed column twice
	CodeEmptyFile    Code = "E_EMPTY_FILE"      // nothing in the file
	CodeFormat       Code = "E_FORMAT"          // a file of an unknown format
	CodeEncoding     Code = "E_ENCODING"        // the encoding of the file is not known
	CodeLimit        Code = "E_LIMIT"           // beyond a stated limit of the readers
	CodeUnknownFile  Code = "E_UNKNOWN_FILE"    // the content of the file is not known
	CodeUnread       Code = "E_UNREADABLE"      // reading stopped early
	CodeBadValue     Code = "E_BAD_VALUE"       // the value is not valid for its property
	CodeChecksum     Code = "E_USCC_CHECKSUM"   // the check character of a USCC is wrong
	CodeScientific   Code = "E_USCC_SCIENTIFIC" // a spreadsheet rounded a USCC
	CodePersonal     Code = "E_PERSONAL"        // the number of an identity card where a code of a company is expected
	CodeRegion       Code = "E_REGION_UNKNOWN"  // no region has the name, or several have
	CodeCellError    Code = "E_CELL_ERROR"      // the cell holds the error of a spreadsheet formula
	CodeMissing      Code = "E_MISSING_VALUE"   // a value is needed and absent
	CodeNoKey        Code = "E_NO_IDENTITY"     // nothing in the row identifies the node
	CodeUnknownEnd   Code = "E_UNKNOWN_END"     // an edge names an unknown node
	CodeUnresolved   Code = "E_UNRESOLVED"      // free text that names no known node exactly
	CodeAmbiguousEnd Code = "E_AMBIGUOUS_END"   // an edge names several nodes
	CodeBadEnds      Code = "E_BAD_ENDS"        // the kinds may not be joined by the edge
	CodeSelfLoop     Code = "E_SELF_LOOP"       // an edge from a node to itself
	CodeNoRule       Code = "E_NO_RULE"         // no rule of the mapping applies to the row
	CodeUnknownLabel Code = "E_UNKNOWN_LABEL"   // labels, or a type, that are no kind
	CodeTwiceID      Code = "E_DUPLICATE_ID"    // an id that another row has
	CodeRefused      Code = "E_REFUSED"         // the store refused the draft
	CodeForgotten    Code = "E_FORGOTTEN"       // a person who was forgotten on request
	CodeUnusedStrict Code = "E_UNUSED_COLUMN"   // columns that mean nothing, in a strict load

	CodeUnused       Code = "W_UNUSED_COLUMN" // columns of which nothing is loaded
	CodeCapitalUnit  Code = "W_CAPITAL_UNIT"  // amounts without a unit were read as 万元
	CodeDateSerial   Code = "W_DATE_SERIAL"   // a date was read from the day number of a spreadsheet
	CodeRepeated     Code = "W_DUP_IN_FILE"   // a node occurs more than once in a file
	CodeNote         Code = "W_NOTE_ROW"      // heads again, a heading, a total, a note or an example was skipped
	CodeExpected     Code = "W_MISSING_VALUE" // a value that the mapping expects is absent
	CodeMutualPair   Code = "W_MUTUAL_PAIR"   // two nodes joined in both directions
	CodeSumAbove     Code = "W_SUM_ABOVE"     // shares that add up to more than the whole
	CodeRepaired     Code = "W_REPAIRED"      // a value was repaired by a rule of the mapping
	CodeSuspect      Code = "W_SUSPECT"       // a value that is suspect by a rule, of the mapping or of codes
	CodeNoSource     Code = "W_NO_SOURCE"     // a source that no Source node describes
	CodeAssumed      Code = "W_ASSUMED"       // a source or a day that neither the rows nor the load state
	CodeColumn       Code = "W_COLUMN"        // a column that two properties or two columns claim
	CodeUnusedLabel  Code = "W_UNUSED_LABEL"  // a label beside the one that is the kind
	CodeJoinedIDs    Code = "W_JOINED_IDS"    // rows of different ids that are one node
	CodeWidePlace    Code = "W_WIDE_PLACE"    // a place was loaded as the region around it
	CodeFuzzyMatch   Code = "W_FUZZY_MATCH"   // a company is taken for a known one because of its name
	CodeNameReview   Code = "W_NAME_REVIEW"   // a company may be a known one and should be reviewed
	CodeContradicted Code = "W_JUDGEMENTS"    // judgements of names contradict each other
	CodeAnonymous    Code = "W_ANONYMOUS"     // a placeholder or a masked name, which names no company
	CodeNamesake     Code = "W_NAMESAKE"      // a person much like another one, from whom it differs
	CodeScope        Code = "W_SCOPE"         // the scope of a source names what is not there
	CodeDeclared     Code = "W_DECLARED"      // what a load declares of a list does not take effect
	CodeEarlier      Code = "W_EARLIER"       // rows of a complete list that are older than it
	CodeRecall       Code = "W_RECALL"        // a complete list that lacks companies which others know
	CodeIdentifiers  Code = "W_IDENTIFIERS"   // one company by its identifiers, of which two contradict each other
)

// Codes returns every code of faults, in order.
func Codes() []Code { return slices.Sorted(maps.Keys(codeLabels)) }

// Severity says how the part of the input that has a fault was handled.
type Severity string

// The severities, worst first.
const (
	Rejected Severity = "rejected" // nothing of the row, or of the file, was loaded
	Dropped  Severity = "dropped"  // a value or an edge was left out, the rest was loaded
	Warning  Severity = "warning"  // all of it was loaded, and should be checked
)

// Fault is one thing that is wrong with the input.
type Fault struct {
	File     string   `json:"file"`
	Row      int      `json:"row,omitempty"`      // line as an editor shows it, from 1; 0 for the file as a whole
	Column   string   `json:"column,omitempty"`   // head of the column, "" for the row as a whole
	Position int      `json:"position,omitempty"` // character within the line, from 1; 0 where it has no meaning
	Value    string   `json:"value,omitempty"`    // the text at fault, shortened when long; "" where it is personal
	Severity Severity `json:"severity"`
	Code     Code     `json:"code"`
	Rows     int      `json:"rows,omitempty"` // how many rows have it, if it stands for several; Row is the first
	Reason   string   `json:"reason"`         // what is wrong, with the value quoted

	// Choices are what the value may mean, to choose from: a mapping in which the values
	// of the column lead from the value to the text of one means that.
	Choices []choices.Choice `json:"choices,omitempty"`
}

// String returns the fault as one line, such as
//
//	companies.csv:7: column "link": unknown link "lidar"
func (f Fault) String() string { return f.In(message.English) }

// In returns the fault as one line, with the words around the reason in a language;
// the reason is in that of the load.
func (f Fault) In(language message.Language) string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Row > 0 {
		fmt.Fprintf(&b, ":%d", f.Row)
		if f.Column == "" && f.Position > 0 {
			fmt.Fprintf(&b, ":%d", f.Position)
		}
	}
	b.WriteString(": ")
	if f.Column != "" {
		b.WriteString(message.New("column %q: ", f.Column).In(language))
	}
	b.WriteString(f.Reason)
	return b.String()
}

// Label returns the name of the type of fault in both languages.
func (c Code) Label() schema.Text { return codeLabels[c] }

// Label returns the name of the severity in both languages.
func (s Severity) Label() schema.Text { return severityLabels[s] }

var severityLabels = map[Severity]schema.Text{
	Rejected: {Zh: "未导入", En: "rejected"},
	Dropped:  {Zh: "部分舍去", En: "left out in part"},
	Warning:  {Zh: "提示", En: "warning"},
}

var codeLabels = map[Code]schema.Text{
	CodeSyntax:       {Zh: "格式有误，无法读取", En: "cannot be read"},
	CodeRagged:       {Zh: "列数与表头不符", En: "fields do not match the header"},
	CodeDuplicate:    {Zh: "同一对象中键名重复", En: "one name twice in an object"},
	CodeSecondTable:  {Zh: "同一工作表中有第二张表", En: "a second table below the first"},
	CodeHeader:       {Zh: "表头有误", En: "faulty header"},
	CodeEmptyFile:    {Zh: "空文件", En: "empty file"},
	CodeFormat:       {Zh: "不支持的文件格式", En: "unknown format"},
	CodeEncoding:     {Zh: "无法确定文件编码", En: "encoding not known"},
	CodeLimit:        {Zh: "超出读取上限", En: "beyond a limit"},
	CodeUnknownFile:  {Zh: "无法判断文件内容", En: "unknown content"},
	CodeUnread:       {Zh: "读取中断", En: "reading stopped early"},
	CodeBadValue:     {Zh: "取值无效", En: "value not valid"},
	CodeChecksum:     {Zh: "统一社会信用代码校验不符", En: "wrong check character of a USCC"},
	CodeScientific:   {Zh: "统一社会信用代码已被表格软件改成科学计数法", En: "USCC rounded by a spreadsheet"},
	CodePersonal:     {Zh: "企业代码处是居民身份证号码", En: "number of an identity card in place of a company's code"},
	CodeRegion:       {Zh: "行政区划无法识别", En: "unknown region"},
	CodeCellError:    {Zh: "单元格是公式错误值", En: "error value of a spreadsheet"},
	CodeMissing:      {Zh: "缺少取值", En: "value missing"},
	CodeNoKey:        {Zh: "缺少可识别的标识", En: "nothing identifies the node"},
	CodeUnknownEnd:   {Zh: "关系一端不存在", En: "unknown end of an edge"},
	CodeUnresolved:   {Zh: "名称未能对应到已知对象", En: "name not resolved"},
	CodeAmbiguousEnd: {Zh: "关系一端有多个候选", En: "ambiguous end of an edge"},
	CodeBadEnds:      {Zh: "该关系不能连接这两类对象", En: "kinds that the edge cannot join"},
	CodeSelfLoop:     {Zh: "关系指向自身", En: "edge from a node to itself"},
	CodeNoRule:       {Zh: "映射中没有适用的规则", En: "no rule applies"},
	CodeUnknownLabel: {Zh: "标签或关系类型不属于任何类别", En: "label or type that is no kind"},
	CodeTwiceID:      {Zh: "同一编号出现在两行", En: "one id of two rows"},
	CodeRefused:      {Zh: "存储拒绝写入", En: "refused by the store"},
	CodeForgotten:    {Zh: "已应请求删除，不再导入", En: "forgotten on request"},
	CodeUnusedStrict: {Zh: "有无法理解的列，整个文件未导入", En: "columns that mean nothing"},

	CodeUnused:       {Zh: "有列未被使用", En: "columns not used"},
	CodeCapitalUnit:  {Zh: "金额未写单位，按万元理解", En: "amounts without a unit"},
	CodeDateSerial:   {Zh: "日期是表格软件的天数", En: "date as the day number of a spreadsheet"},
	CodeRepeated:     {Zh: "同一对象重复出现", En: "occurs more than once"},
	CodeNote:         {Zh: "重复表头、小标题、合计、说明或示例行，已略过", En: "a heading, total, note or example"},
	CodeExpected:     {Zh: "缺少应有的取值", En: "expected value missing"},
	CodeMutualPair:   {Zh: "两者互为上下游", En: "joined in both directions"},
	CodeSumAbove:     {Zh: "占比合计超过上限", En: "shares add up to more than the limit"},
	CodeRepaired:     {Zh: "已按规则修正", En: "repaired by a rule"},
	CodeSuspect:      {Zh: "取值可疑", En: "suspect value"},
	CodeNoSource:     {Zh: "来源未登记", En: "source not described"},
	CodeAssumed:      {Zh: "来源或日期为推定", En: "source or day assumed"},
	CodeColumn:       {Zh: "列的归属有歧义", En: "ambiguous column"},
	CodeUnusedLabel:  {Zh: "有标签未被使用", En: "labels not used"},
	CodeJoinedIDs:    {Zh: "不同编号指同一对象", En: "several ids of one node"},
	CodeWidePlace:    {Zh: "按其所在区划记录的地点", En: "place loaded as the region around it"},
	CodeFuzzyMatch:   {Zh: "按名称认定为已有企业", En: "taken for a known company by its name"},
	CodeNameReview:   {Zh: "疑似已有企业，待复核", En: "perhaps a known company"},
	CodeContradicted: {Zh: "同名判定互相矛盾", En: "judgements that contradict each other"},
	CodeAnonymous:    {Zh: "未具名或被遮蔽的企业，已略过", En: "a company that is not named"},
	CodeNamesake:     {Zh: "与他人重名，按两人导入", En: "namesakes, stored as several persons"},
	CodeScope:        {Zh: "产业范围中的编号不存在", En: "unknown scope of a source"},
	CodeDeclared:     {Zh: "名单口径的声明未生效", En: "what is declared of a list has no effect"},
	CodeEarlier:      {Zh: "早于名单完整日期的行", En: "rows before the day of a complete list"},
	CodeRecall:       {Zh: "名单可能不完整", En: "a list that may not be complete"},
	CodeIdentifiers:  {Zh: "同一企业的标识互相矛盾", En: "identifiers that contradict each other"},
}
