// Package capability finds the companies of a region that show that they could
// do what a link ℓ needs, though they are not known to be at it (培育). To be
// next to ℓ, one FEEDS step away or under the same parent, shows nothing: a
// steelworks feeds video surveillance and makes no camera.
//
// Packages candidates and landing, and tests, may import capability; it imports
// projects, shrinkage, area, projection and graph.
//
// # Definitions
//
// Edges count, companies are active and grades are attributed as in package gaps.
// R is the region; elsewhere means companies that are not in R, or all where R
// is the country. A company of R that is not at ℓ or below it is capable of ℓ by
// the first of these ways that gives it the greatest fit:
//
//	PRODUCT       it makes a product that BELONGS_TO ℓ or a link below; fit .9
//	PROJECT       it takes part, as the project's own company or else as an
//	              investor, in a project that is not dropped and fills ℓ or a link
//	              below; fit .9
//	PATENT        it holds a patent that APPLIES_TO ℓ or a link below and is not
//	              known to be pending or to have lapsed; fit .8
//	SAME_PRODUCT  it makes a product q, of at least .1 of its revenue or of a share
//	              that is not stated, and of the a companies elsewhere that are at
//	              any link and make q so, b ≥ 2 are at ℓ; fit as below
//	SAME_MATERIAL it makes so a product that a material m FEEDS, and of the a companies
//	              elsewhere that are at any link and make so a product that m feeds,
//	              b ≥ 3 are at ℓ; fit as below
//	TOGETHER      a statement puts it at the link j itself, not below, and of the a
//	              companies elsewhere that are at j or below, b ≥ 3 are at ℓ as well; j is
//	              not ℓ, nor above or below it; fit as below
//
// By PRODUCT, PROJECT and PATENT what is invented counts for an invented company
// alone.
//
// The share b/a is that of few companies. Its lower limit is that of Wilson with
// a one-sided confidence of 90 %, z = 1.2816:
//
//	low = (s + z²/2a − z·√(s(1−s)/a + z²/4a²)) / (1 + z²/a),  s = b/a
//
// A way counts if low ≥ .1 and low ≥ 2·m/N, where N companies elsewhere are at any
// link and m of them at ℓ: to be at j makes ℓ at least twice as likely. The fit
// is √low, at most .8. Of equal fits the order above decides, then the smaller
// vertex of what shows it.
//
// A link is one of trade if its name says so (批发, 零售, 流通, 分销, 经销, 贸易, 药店,
// 药房, 电商, 电子商务, 渠道); else one of services if its name says so (软件, 服务, 设计,
// 平台, 运营, 集成, 研发, 咨询, 金融, 检测, 物流, 算法, 应用) or that of its chain (软件,
// 服务, 数字创意, 区块链); else one where things are made.
//
// A distributor is a company of which no product is known that it makes, and
// whose industry is trade (批发, 零售, 贸易, 百货, 超市, 医药商业, 其他商业, 商品城);
// if no industry is stated, one whose name says so (贸易, 商贸, 百货, 药房, 超市,
// 进出口) or whose OPERATES_IN edges, one at least, all lead to links of trade. It is
// capable of no link but one of trade.
package capability
