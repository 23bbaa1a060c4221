package feasibility

import "liantu/schema"

// TermWords says what a term of a feasibility is, and what a high and a low value mean.
type TermWords struct{ Label, High, Low schema.Text }

// WordsOf returns the words for a term, by its place among [TermNames]; "many" and "few"
// are against the average of the items that the place lacks.
func WordsOf(term int) TermWords { return termWords[term] }

var termWords = [...]TermWords{
	{
		schema.Text{Zh: "全国近期新增", En: "new in the country lately"},
		schema.Text{Zh: "全国该环节及同类环节近两三年新设企业偏多。", En: "In the country many companies have come to this link and its like lately."},
		schema.Text{Zh: "全国该环节及同类环节近两三年新设企业偏少。", En: "In the country few companies have come to this link and its like lately."},
	},
	{
		schema.Text{Zh: "全国多年新增", En: "new in the country over the years"},
		schema.Text{Zh: "全国该环节及同类环节多年来新设企业偏多。", En: "In the country many companies have come to this link and its like over the years."},
		schema.Text{Zh: "全国该环节及同类环节多年来新设企业偏少。", En: "In the country few companies have come to this link and its like over the years."},
	},
	{
		schema.Text{Zh: "同等地区近期新增", En: "new among peers lately"},
		schema.Text{Zh: "规模相近的地区近两三年在这类环节新设企业偏多。", En: "In regions of like size many companies have come to links of this class lately."},
		schema.Text{Zh: "规模相近的地区近两三年在这类环节新设企业偏少。", En: "In regions of like size few companies have come to links of this class lately."},
	},
	{
		schema.Text{Zh: "同等地区多年新增", En: "new among peers over the years"},
		schema.Text{Zh: "规模相近的地区多年来在这类环节新设企业偏多。", En: "In regions of like size many companies have come to links of this class over the years."},
		schema.Text{Zh: "规模相近的地区多年来在这类环节新设企业偏少。", En: "In regions of like size few companies have come to links of this class over the years."},
	},
	{
		schema.Text{Zh: "同等地区近期进入", En: "peers that took it up lately"},
		schema.Text{Zh: "近两三年首次进入该环节的同等规模地区偏多。", En: "Many regions of like size have taken the link up lately."},
		schema.Text{Zh: "近两三年首次进入该环节的同等规模地区偏少。", En: "Few regions of like size have taken the link up lately."},
	},
	{
		schema.Text{Zh: "同等地区多年进入", En: "peers that took it up over the years"},
		schema.Text{Zh: "多年来首次进入该环节的同等规模地区偏多。", En: "Many regions of like size have taken the link up over the years."},
		schema.Text{Zh: "多年来首次进入该环节的同等规模地区偏少。", En: "Few regions of like size have taken the link up over the years."},
	},
	{
		schema.Text{Zh: "同等地区已有", En: "peers that have it"},
		schema.Text{Zh: "已有该环节企业的同等规模地区偏多。", En: "Many regions of like size have the link."},
		schema.Text{Zh: "已有该环节企业的同等规模地区偏少。", En: "Few regions of like size have the link."},
	},
	{
		schema.Text{Zh: "产业关联", En: "relatedness"},
		schema.Text{Zh: "与本地已有环节的关联较强。", En: "It is closely related to the links that the region has."},
		schema.Text{Zh: "与本地已有环节的关联较弱。", En: "It is hardly related to the links that the region has."},
	},
	{
		schema.Text{Zh: "所在领域占比", En: "share of its sector"},
		schema.Text{Zh: "其所在领域在本地的占比（相对全国）偏高。", En: "Its sector has a large share of the companies here, against the country."},
		schema.Text{Zh: "其所在领域在本地的占比（相对全国）偏低。", En: "Its sector has a small share of the companies here, against the country."},
	},
	{
		schema.Text{Zh: "上级环节占比", En: "share of its group"},
		schema.Text{Zh: "其上级环节在本地的占比（相对全国）偏高。", En: "What it is part of has a large share of the companies here, against the country."},
		schema.Text{Zh: "其上级环节在本地的占比（相对全国）偏低。", En: "What it is part of has a small share of the companies here, against the country."},
	},
	{
		schema.Text{Zh: "所在领域企业", En: "companies of its sector"},
		schema.Text{Zh: "其所在领域的本地企业偏多。", En: "Many local companies are in its sector."},
		schema.Text{Zh: "其所在领域的本地企业偏少。", En: "Few local companies are in its sector."},
	},
	{
		schema.Text{Zh: "相似地区新增", En: "new where the mix is alike"},
		schema.Text{Zh: "产业结构相似的地区近年在该环节新设企业偏多。", En: "In regions of a like mix of sectors many companies have come to the link of late."},
		schema.Text{Zh: "产业结构相似的地区近年在该环节新设企业偏少。", En: "In regions of a like mix of sectors few companies have come to the link of late."},
	},
}
