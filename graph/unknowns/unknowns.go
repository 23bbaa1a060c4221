// Package unknowns says in words why a number of an answer is not known. Answers hold
// codes, see [gaps.MissingCodes]; whoever shows one to a reader shows its words.
package unknowns

import (
	"liantu/graph/gaps"
	"liantu/schema"
)

// Words says why a number is not known, in a clause without a full stop; nothing for a code
// that is not one of [gaps.MissingCodes].
func Words(why gaps.Code) schema.Text { return words[why] }

var words = map[gaps.Code]schema.Text{
	gaps.HoldsNone:        {Zh: "该环节承载客户、活动或标题而非企业", En: "the link holds no companies"},
	gaps.NoReference:      {Zh: "参照地区该口径的企业无一处在该环节", En: "no company of the population is at the link in the reference"},
	gaps.NoCoverage:       {Zh: "本地企业尚无一家归入环节", En: "no company of the region is at any link"},
	gaps.NoCompany:        {Zh: "全国尚无企业归入该环节", En: "no company in the country is at the link"},
	gaps.NotSurveyed:      {Zh: "本地没有覆盖该环节的完整名录", En: "no list that covers the link is complete in the region"},
	gaps.TooFew:           {Zh: "该口径在本地或参照地区的企业太少", En: "the population has too few companies in the region or in the reference"},
	gaps.Hidden:           {Zh: "尚有未归类、待复核或所在地不详的企业可能在该环节", En: "companies that are not placed, not reviewed or of unknown place may be at the link"},
	gaps.OthersPresent:    {Zh: "该口径之外另有本地企业在该环节", En: "local companies outside the population are at the link"},
	gaps.NoFrame:          {Zh: "没有在本地与参照地区均完整的口径", En: "no population is complete both in the region and in the reference"},
	gaps.NoCapacity:       {Zh: "企业规模不详", En: "the sizes of the companies are not known"},
	gaps.NoSupplyData:     {Zh: "没有与本地企业有关的供应数据", En: "no supplies to companies of the region are known"},
	gaps.NoFeeds:          {Zh: "未载该环节的上下游关系", En: "nothing is known to feed the link or to be fed by it"},
	gaps.NoDensity:        {Zh: "关联度无法计算", En: "relatedness cannot be computed"},
	gaps.NoPeers:          {Zh: "没有可对照的地区", En: "there is nothing to compare with"},
	gaps.NoChain:          {Zh: "该环节不属于任何产业链", En: "the link is part of no chain"},
	gaps.FewFounded:       {Zh: "成立年份已知的企业太少", En: "too few founding years are known"},
	gaps.NoShare:          {Zh: "相关业务的收入占比不详", En: "the share of revenue is not known"},
	gaps.NoSize:           {Zh: "从业人数与注册资本均不详", En: "neither employees nor capital is known"},
	gaps.NoPlace:          {Zh: "企业所在地不详", En: "the place of the company is not known"},
	gaps.NoSitesKnown:     {Zh: "没有其基地与投资的数据", En: "its sites and investments are not known"},
	gaps.NoPathKnown:      {Zh: "未找到可引荐的人或机构", En: "nobody who could introduce is known"},
	gaps.NoProjectsKnown:  {Zh: "没有项目与招商目标的数据", En: "projects and targets are not known"},
	gaps.NoCover:          {Zh: "其服务地区不详", En: "the regions that it covers are not known"},
	gaps.NoTrack:          {Zh: "未载其引荐过的项目", En: "nothing that it introduced is known"},
	gaps.NoCapacityStated: {Zh: "其可承接的数量不详", En: "how much it can take on is not known"},
	gaps.AlreadyHere:      {Zh: "本地已有企业处在该环节", En: "a local company is at the link already"},
	gaps.NotScored:        {Zh: "该类地区或规模的图谱不计此分", En: "the score is not made for such regions or so large a graph"},
	gaps.NoInvestment:     {Zh: "投资额未载明", En: "what is to be invested is not stated"},
}
