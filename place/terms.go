package place

// A Term is one term of the score: what it is called in the points table, and in words.
type Term struct {
	Name   string
	Zh, En string
}

// The terms of the score, in the order of a vector. The value of a term lies between 0
// and 1 where nothing else is said.
const (
	constant = iota
	classOnly
	stem
	contained
	widerGroup
	neighbour
	tableTrade
	inBusiness
	inScope
	byName
	made
	served
	tradeOnly
	built
	bare
	first
	early
	exactMade
	exactFirst
	namedExact
	goodsBare
	serviceServed
	top
	rankFirst
	named
	ambiguous
	group
	implied
	children
	mentions
	tradedShare
	focus
	focusMade
	focusChain
	items
	tradeShare
	madeShare
	nameSells
	sellsGoods
	classExact
	classWider
	classOther
	classAgainst
	divisionAgrees
	divisionAgainst
	agreesMade
	manufacturerMakes
	termCount
)

// A vector is the values of all terms for one company and link.
type vector [termCount]float64

// terms are the terms by their number.
var terms = [termCount]Term{
	constant:          {"constant", "基数", "constant"},
	classOnly:         {"class_only", "只有行业指向", "the industry class alone"},
	stem:              {"stem", "去掉通称后相合", "the thing without a general word at its end"},
	contained:         {"contained", "只含环节词", "a word of the link within the thing"},
	widerGroup:        {"wider_group", "范围较宽，归到上级环节", "wider than a link, so the group"},
	neighbour:         {"neighbour", "相邻业务", "a neighbouring business"},
	tableTrade:        {"table_trade", "所售之物属该环节", "trade in what the link makes"},
	inBusiness:        {"in_business", "出自主营业务", "stated in the main business"},
	inScope:           {"in_scope", "出自经营范围", "stated in the business scope"},
	byName:            {"by_name", "只见于企业名称", "only the name says so"},
	made:              {"made", "生产", "it makes the thing"},
	served:            {"served", "服务", "it is a service"},
	tradeOnly:         {"trade_only", "仅销售", "it only trades in the thing"},
	built:             {"built", "仅安装施工维修", "it only installs, builds or repairs"},
	bare:              {"bare", "未写明做什么", "nothing said of what it does with it"},
	first:             {"first", "列在首位", "stated first"},
	early:             {"early", "列在前三", "among the first three"},
	exactMade:         {"exact_made", "整项相合且生产", "the whole item, and made"},
	exactFirst:        {"exact_first", "整项相合且列在前二", "the whole item, and among the first two"},
	namedExact:        {"named_exact", "整项相合且名称相合", "the whole item, and the name too"},
	goodsBare:         {"goods_bare", "产品环节而未写明生产", "goods, and nothing said of making them"},
	serviceServed:     {"service_served", "服务环节且提供服务", "a link of services, and served"},
	top:               {"top", "在该企业各项中的强弱", "strength beside its strongest item"},
	rankFirst:         {"rank_first", "该企业最强的一项", "its strongest item"},
	named:             {"named", "名称相合", "the name agrees"},
	ambiguous:         {"ambiguous", "此词指多个环节", "the word stands for several links"},
	group:             {"group", "上级环节", "a group of links"},
	implied:           {"implied", "由下级环节推出", "follows from a link below"},
	children:          {"children", "下级环节也相合", "links below it agree too"},
	mentions:          {"mentions", "提到的次数", "how often it is stated"},
	tradedShare:       {"traded_share", "其中仅销售的比例", "of these, only traded"},
	focus:             {"focus", "占全部项目的比例", "part of all items"},
	focusMade:         {"focus_made", "其中生产的比例", "part of all items that is made"},
	focusChain:        {"focus_chain", "全部项目中属该产业链的比例", "part of all items in the chain"},
	items:             {"items", "项目多而散", "many items"},
	tradeShare:        {"trade_share", "全部项目中销售的比例", "part of all items that is trade"},
	madeShare:         {"made_share", "全部项目中生产的比例", "part of all items that is made"},
	nameSells:         {"name_sells", "名称表明是商贸企业", "the name says that it trades"},
	sellsGoods:        {"sells_goods", "商贸企业，环节是产品", "a trader by name, and a link of goods"},
	classExact:        {"class_exact", "行业即该环节", "the industry class is the link"},
	classWider:        {"class_wider", "行业相符", "the industry class agrees"},
	classOther:        {"class_other", "行业指向同链的其他环节", "the industry class names other links of the chain"},
	classAgainst:      {"class_against", "行业不符", "the industry class is another"},
	divisionAgrees:    {"division_agrees", "行业大类相符", "the division of industry agrees"},
	divisionAgainst:   {"division_against", "行业大类不符", "the division of industry is another"},
	agreesMade:        {"agrees_made", "行业大类相符且生产", "the division agrees, and it is made"},
	manufacturerMakes: {"manufacturer_makes", "制造企业且生产", "a manufacturer, and it is made"},
}

// Terms returns the terms of the score in the order of the points table.
func Terms() []Term { return terms[:] }
