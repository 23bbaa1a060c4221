package gaps

import (
	"slices"

	"liantu/schema"
)

// State says what is at a link in a region.
type State string

// The states.
const (
	Empty    State = "EMPTY"    // 全国未见: nobody in the country is there
	Unknown  State = "UNKNOWN"  // 不明: the data do not say
	Absent   State = "ABSENT"   // 缺失: nobody of a complete population is there
	Present  State = "PRESENT"  // 有·未评: somebody is there, how strong cannot be said
	Weak     State = "WEAK"     // 薄弱: fewer than the reference suggests
	Adequate State = "ADEQUATE" // 相当: about as many
	Strong   State = "STRONG"   // 优势: more

	// NotJudged is that of a link that holds no companies (不评): customers, an activity, a heading.
	NotJudged State = "NOT_JUDGED"
)

// States returns all states, from the least known to the strongest.
func States() []State { return slices.Clone(allStates) }

var allStates = []State{NotJudged, Empty, Unknown, Absent, Present, Weak, Adequate, Strong}

// Label returns the word for the state in both languages.
func (s State) Label() schema.Text { return stateLabels[s] }

var stateLabels = map[State]schema.Text{
	NotJudged: {Zh: "不评", En: "not judged"},
	Empty:     {Zh: "全国未见", En: "empty"},
	Unknown:   {Zh: "不明", En: "unknown"},
	Absent:    {Zh: "缺失", En: "absent"},
	Present:   {Zh: "有·未评", En: "present"},
	Weak:      {Zh: "薄弱", En: "weak"},
	Adequate:  {Zh: "相当", En: "adequate"},
	Strong:    {Zh: "优势", En: "strong"},
}

// Apart reports whether links of the state are kept apart: counted in nothing else, and
// listed only if they are asked for.
func (s State) Apart() bool { return s == Empty || s == NotJudged }

// Meaning says what the state means, in both languages.
func (s State) Meaning() schema.Text { return stateMeanings[s] }

var stateMeanings = map[State]schema.Text{
	NotJudged: {Zh: "承载客户、活动或标题而非企业，另列", En: "it holds customers, an activity or a heading and no companies, listed apart"},
	Empty:     {Zh: "全国尚无企业归入，另列", En: "nobody in the country is known there, listed apart"},
	Unknown:   {Zh: "数据不足以判断", En: "the data do not say"},
	Absent:    {Zh: "完整名录之内本地没有企业", En: "nobody of a population that is complete here is there"},
	Present:   {Zh: "本地有企业，强弱尚无可比口径", En: "somebody is there, how strong cannot be said"},
	Weak:      {Zh: "企业少于参照水平", En: "fewer than the reference suggests"},
	Adequate:  {Zh: "企业数与参照水平相当", En: "about as many"},
	Strong:    {Zh: "企业多于参照水平", En: "more"},
}

// Action is what to do about a link.
type Action string

// The actions.
const (
	Check      Action = "CHECK"      // 摸底
	Build      Action = "BUILD"      // 建链
	Fill       Action = "FILL"       // 补链
	Strengthen Action = "STRENGTHEN" // 强链
	Extend     Action = "EXTEND"     // 延链
	Wait       Action = "WAIT"       // 在途
	Keep       Action = "KEEP"       // 稳链
	Watch      Action = "WATCH"      // 观察
)

// Actions returns all actions, in the order in which the rules are tried.
func Actions() []Action { return slices.Clone(allActions) }

var allActions = []Action{Check, Build, Fill, Strengthen, Extend, Wait, Keep, Watch}

// Label returns the word for the action in both languages.
func (a Action) Label() schema.Text { return actionLabels[a] }

var actionLabels = map[Action]schema.Text{
	"":         {Zh: "无", En: "none"}, // of a link that is not judged
	Check:      {Zh: "摸底", En: "check"},
	Build:      {Zh: "建链", En: "build"},
	Fill:       {Zh: "补链", En: "fill"},
	Strengthen: {Zh: "强链", En: "strengthen"},
	Extend:     {Zh: "延链", En: "extend"},
	Wait:       {Zh: "在途", En: "wait"},
	Keep:       {Zh: "稳链", En: "keep"},
	Watch:      {Zh: "观察", En: "watch"},
}

// Meaning says what the action means, in both languages.
func (a Action) Meaning() schema.Text { return actionMeanings[a] }

var actionMeanings = map[Action]schema.Text{
	Check:      {Zh: "先摸清情况", En: "find out first"},
	Build:      {Zh: "产业链尚未成形，先建核心环节", En: "build the core of a chain that is not there"},
	Fill:       {Zh: "补上已有产业链所缺的环节", En: "fill what an existing chain lacks"},
	Strengthen: {Zh: "做强薄弱环节或突出环节", En: "strengthen what is weak or prominent"},
	Extend:     {Zh: "由优势环节向新链条延伸", En: "grow from a strong link into a new chain"},
	Wait:       {Zh: "已有签约或在建项目，盯住落地", En: "a signed project will fill it: see it through"},
	Keep:       {Zh: "稳住已有环节", En: "keep what is there"},
	Watch:      {Zh: "虽缺失，尚无补上的理由", En: "an absence nobody has a reason to fill"},
}

// Class is the role of a link in a plan: declared by a planner, or computed.
type Class string

// The classes; "" is none.
const (
	Core      Class = "CORE"      // 核心环节, to build
	Key       Class = "KEY"       // 重点环节, to fill
	Prominent Class = "PROMINENT" // 突出环节, to strengthen

	// Restricted is declared only: a link that policy, energy or emissions keep from
	// being filled (限制类).
	Restricted Class = "RESTRICTED"
)

// Label returns the word for the class in both languages.
func (c Class) Label() schema.Text { return classLabels[c] }

var classLabels = map[Class]schema.Text{
	Core:      {Zh: "核心", En: "core"},
	Key:       {Zh: "重点", En: "key"},
	Prominent: {Zh: "突出", En: "prominent"},

	Restricted: {Zh: "限制", En: "restricted"},
}

// Order says how the verdicts of an answer are sorted. Verdicts that are equal
// in it are in the order of their links' codes.
type Order string

// The orders.
const (
	ByPriority   Order = "PRIORITY"   // highest first
	ByCode       Order = "CODE"       // links in the order of their codes
	BySeverity   Order = "SEVERITY"   // highest first, unknown last
	ByConfidence Order = "CONFIDENCE" // highest first
	ByQuotient   Order = "QUOTIENT"   // lowest location quotient (shrunk towards 1) first, unknown last
	ByCompanies  Order = "COMPANIES"  // most local companies first
	ByExpected   Order = "EXPECTED"   // most expected companies first, unknown last
)

// Orders returns all orders; the first is the default.
func Orders() []Order { return slices.Clone(allOrders) }

var allOrders = []Order{ByPriority, ByCode, BySeverity, ByConfidence, ByQuotient, ByCompanies, ByExpected}

// Code names a reason, a flag, or why something is not known.
type Code string

// The codes of reasons and of what is not known.
const (
	HoldsNone        Code = "NOT_JUDGED"        // the link holds no companies
	NoCompany        Code = "NO_COMPANY"        // nobody in the country is known at the link
	NotSurveyed      Code = "NOT_SURVEYED"      // no population with the link in scope is complete in the region
	TooFew           Code = "TOO_FEW"           // a population is too small in the region, or in the reference
	Hidden           Code = "HIDDEN"            // unseen local companies are to be expected
	ListedOnly       Code = "LISTED_ONLY"       // absent by a list of listed companies only
	Undecided        Code = "UNDECIDED"         // adequate, since neither weak nor strong can be shown
	OthersPresent    Code = "OTHERS_PRESENT"    // few or none of the population, but others are there
	NoFrame          Code = "NO_FRAME"          // no population is complete both in the region and in the reference
	NoReference      Code = "NO_REFERENCE"      // nobody of the population is at the link in the reference
	NoCoverage       Code = "NO_COVERAGE"       // no company of the region is attributed to any link
	InPipeline       Code = "IN_PIPELINE"       // projects of the region that fill the link
	Hosted           Code = "HOSTED"            // parks of the region that host the link
	Demanded         Code = "DEMANDED"          // open opportunities of the region that demand the link
	NoInvestment     Code = "NO_INVESTMENT"     // what is to be invested is not stated
	PolicyRestricted Code = "RESTRICTED"        // the link is declared restricted
	NoneFound        Code = "NONE_FOUND"        // nobody of the region is at the link
	BelowExpected    Code = "BELOW_EXPECTED"    // fewer than expected
	AsExpected       Code = "AS_EXPECTED"       // about as many as expected
	AboveExpected    Code = "ABOVE_EXPECTED"    // more than expected
	SingleFirm       Code = "SINGLE_FIRM"       // one company is most of the link
	NoAnchor         Code = "NO_ANCHOR"         // the reference has leaders, the region none
	HasAnchor        Code = "HAS_ANCHOR"        // a leader is here
	Demand           Code = "DEMAND"            // local companies downstream
	Supply           Code = "SUPPLY"            // local companies upstream
	LeakedPurchases  Code = "LEAKED_PURCHASES"  // local companies buy elsewhere
	ChainEstablished Code = "CHAIN_ESTABLISHED" // the region has the chain
	ChainThin        Code = "CHAIN_THIN"        // the region hardly has the chain
	Related          Code = "RELATED"           // close to what the region does
	Unrelated        Code = "UNRELATED"         // far from what the region does
	Young            Code = "YOUNG"             // growing in the country
	DeclaredRole     Code = "DECLARED_ROLE"     // what a planner declared
	DeclaredDiffers  Code = "DECLARED_DIFFERS"  // the computed class is another one
	Inactive         Code = "INACTIVE"          // companies that are left out, because they are not active
	LowCoverage      Code = "LOW_COVERAGE"      // few companies of the region are attributed
	SyntheticData    Code = "SYNTHETIC_DATA"    // invented data took part
	NoExpectation    Code = "NO_EXPECTATION"    // E is 0
	NoCapacity       Code = "NO_CAPACITY"       // sizes are not known
	NoSupplyData     Code = "NO_SUPPLY_DATA"    // no supplies to the region are known
	NoFeeds          Code = "NO_FEEDS"          // the link feeds nothing and nothing feeds it
	NoChain          Code = "NO_CHAIN"          // the link is part of no chain
	NoDensity        Code = "NO_DENSITY"        // relatedness cannot be computed
	NoPeers          Code = "NO_PEERS"          // nothing to compare with
	FewFounded       Code = "FEW_FOUNDED"       // too few founding years are known
	NoShare          Code = "NO_SHARE"          // no revenue share is known
	NoSize           Code = "NO_SIZE"           // neither employees nor capital is known
	NoPlace          Code = "NO_PLACE"          // the place is not known
	NoSitesKnown     Code = "NO_SITES_KNOWN"    // sites and investments are not known
	NoPathKnown      Code = "NO_PATH_KNOWN"     // nobody who could introduce is known
	AlreadyHere      Code = "ALREADY_HERE"      // a local company is at the link, so that it is no gap
	NotScored        Code = "NOT_SCORED"        // the learned score is not made for such regions or so large a picture
	NoProjectsKnown  Code = "NO_PROJECTS_KNOWN" // projects and targets are not known
	TermSeverity     Code = "SEVERITY"          // the terms of a priority
	TermPull         Code = "PULL"              //
	TermFeasibility  Code = "FEASIBILITY"       //
	TermImportance   Code = "IMPORTANCE"        //
	TermFit          Code = "FIT"               // the terms of a candidate's score
	TermSupplyTie    Code = "SUPPLY_TIE"        //
	TermSize         Code = "SIZE"              //
	TermExpansion    Code = "EXPANSION"         //
	TermProximity    Code = "PROXIMITY"         //
	TermReach        Code = "REACH"             //
	TermCommitment   Code = "COMMITMENT"        //
	TermSpecialty    Code = "SPECIALTY"         // the terms of a match
	TermCover        Code = "COVER"             //
	TermGrade        Code = "GRADE"             //
	TermTrack        Code = "TRACK_RECORD"      //
	TermCapacity     Code = "FREE_CAPACITY"     //
	NoCover          Code = "NO_COVER"          // the regions that it covers are not known
	NoTrack          Code = "NO_TRACK"          // nothing that it introduced is known
	NoCapacityStated Code = "NO_CAPACITY_TOLD"  // how much it can take on is not known
)
