package place

import (
	"slices"
	"strings"
)

// Act is a set of what a company does with a thing: a bit for each.
type Act uint8

// The acts that the verbs of an item state.
const (
	Make     Act = 1 << iota // 生产, 制造, 加工
	Serve                    // 服务, 运营, 检测
	Research                 // 研发, 设计
	Trade                    // 销售, 批发, 租赁
	Build                    // 安装, 施工, 维修
)

// OnlyTrade reports whether the company sells the thing and does nothing else with it.
func (a Act) OnlyTrade() bool { return a == Trade }

// Names returns the codes of the acts, in the order of the constants; none is an empty list.
func (a Act) Names() []string {
	out := []string{}
	for i, name := range []string{"MAKE", "SERVE", "RESEARCH", "TRADE", "BUILD"} {
		if a&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}

// verbs are the words that state an act, when they stand behind or before a thing.
var verbs = map[string]Act{
	"生产": Make, "制造": Make, "加工": Make, "制作": Make, "组装": Make, "装配": Make, "产销": Make | Trade, "生产经营": Make | Trade,
	"冶炼": Make, "自产": Make, "深加工": Make, "精加工": Make, "生产制造": Make, "加工制造": Make, "制售": Make | Trade, "批量生产": Make,
	"销售": Trade, "批发": Trade, "零售": Trade, "批零": Trade, "贸易": Trade, "购销": Trade, "经销": Trade, "代购": Trade, "代销": Trade, "代理": Trade,
	"进出口": Trade, "进口": Trade, "出口": Trade, "经营": Trade, "出售": Trade, "供应": Trade, "采购": Trade, "租赁": Trade, "出租": Trade, "销售代理": Trade,
	"批发兼零售": Trade, "批发零售": Trade, "国内贸易": Trade, "网上销售": Trade, "收购": Trade, "分销": Trade, "直销": Trade, "营销": Trade, "代理销售": Trade, "网络销售": Trade,
	"研发": Research, "研制": Research, "开发": Research, "研究": Research, "设计": Research, "科研": Research, "技术开发": Research, "技术研发": Research,
	"研究开发": Research, "技术研究": Research, "产品研发": Research, "设计开发": Research, "试验发展": Research, "技术推广": Research, "技术转让": Research, "技术咨询": Research,
	"技术交流": Research, "应用开发": Research, "研究与试验发展": Research,
	"服务": Serve, "技术服务": Serve, "运营": Serve, "运维": Serve, "检测": Serve, "测试": Serve, "检验": Serve, "咨询": Serve, "咨询服务": Serve,
	"运行维护": Serve, "运营管理": Serve, "管理": Serve, "售后服务": Serve, "销售服务": Trade, "运输": Serve, "处理": Serve,
	"安装": Build, "施工": Build, "维修": Build, "修理": Build, "调试": Build, "维护": Build, "保养": Build, "改造": Build, "安装服务": Build, "维修服务": Build,
	"维护服务": Build, "修理服务": Build, "维保": Build, "拆除": Build, "工程施工": Build, "安装工程": Build, "技术改造": Build, "总承包": Build,
}

// leading are the verbs that may stand before a thing. Others, such as 检测 and 设计,
// begin the names of things too often (检测仪器, 设计软件).
var leading = []string{
	"研究开发", "生产经营", "生产制造", "批发零售", "生产", "销售", "制造", "批发", "零售", "研制", "研发", "经销", "经营", "代理", "加工", "开发", "自产",
}

// notLeading are names of things that begin with such a verb.
var notLeading = []string{"加工中心", "制造执行", "销售终端", "生产线", "开发区", "制造系统", "生产过程", "生产设备", "研发外包", "生产管理", "销售管理", "经营管理", "开发工具", "开发平台", "加工设备", "加工助剂", "制造装备", "生产装备", "开发板"}

// joints stand between verbs and between a thing and its verbs.
var joints = []string{"以及", "等相关", "相关", "及其", "的", "及", "与", "和", "并", "或", "等", "类", "/", "兼", "业务", "活动"}

// longestVerb is the most runes that a verb has.
const longestVerb = 7

// cutVerbs removes the verbs from the end of a phrase, and those that stand before the
// thing. The rest is empty when the phrase is nothing but verbs.
func cutVerbs(phrase string) (thing string, acts Act) {
	thing, acts = cutTrailing(phrase)
	for {
		before, more, ok := cutLeading(thing)
		if !ok {
			return thing, acts
		}
		thing, acts = before, acts|more
	}
}

// cutTrailing removes verbs, and what joins them, from the end.
func cutTrailing(phrase string) (string, Act) {
	acts := Act(0)
	rest := phrase
	for rest != "" {
		trimmed := trimJoints(rest)
		word, act := trailingVerb(trimmed)
		if word == "" {
			if acts == 0 {
				return phrase, 0 // what looks like a joint belongs to the thing
			}
			return trimmed, acts
		}
		acts |= act
		rest = strings.TrimSuffix(trimmed, word)
	}
	return "", acts
}

// trailingVerb returns the longest verb at the end of a phrase, "" for none.
func trailingVerb(phrase string) (string, Act) {
	starts := make([]int, 0, 64)
	for i := range phrase {
		starts = append(starts, i)
	}
	for _, i := range starts[max(0, len(starts)-longestVerb):] {
		if act, ok := verbs[phrase[i:]]; ok {
			return phrase[i:], act
		}
	}
	return "", 0
}

// cutLeading removes one verb, and what joins it, from the beginning.
func cutLeading(phrase string) (string, Act, bool) {
	for _, not := range notLeading {
		if strings.HasPrefix(phrase, not) {
			return phrase, 0, false
		}
	}
	for _, verb := range leading {
		rest, ok := strings.CutPrefix(phrase, verb)
		if !ok {
			continue
		}
		for _, j := range []string{"以及", "及", "与", "和", "并", "、", "/", "：", ":"} {
			rest = strings.TrimPrefix(rest, j)
		}
		return rest, verbs[verb], true
	}
	return phrase, 0, false
}

// trimJoints removes what joins verbs from the end of a phrase.
func trimJoints(phrase string) string {
	for {
		i := slices.IndexFunc(joints, func(j string) bool { return strings.HasSuffix(phrase, j) })
		if i < 0 {
			return phrase
		}
		phrase = strings.TrimSuffix(phrase, joints[i])
	}
}
