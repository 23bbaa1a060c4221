package tuning

import (
	"errors"
	"math"
	"slices"

	"liantu/graph"
	"liantu/graph/area"
	"liantu/message"
)

// Settings are all thresholds and weights of the questions. The names of the
// fields in files are the same with underscores.
type Settings struct {
	// Population is the one that a question names: only its frames count. It is "" for all
	// frames. It belongs to a question and stands in no file.
	Population area.Population `yaml:"-" mapstructure:"-"`
	// MinGrade is the weakest grade of evidence that puts a company at a link.
	MinGrade graph.Grade `yaml:"min_grade" mapstructure:"min_grade"`
	// HiddenUnknown is the expected number of unseen local companies from which
	// on an absence counts as unknown.
	HiddenUnknown float64 `yaml:"hidden_unknown" mapstructure:"hidden_unknown"`
	// MinPopulation is how many companies of a population must be at links in an area
	// for an absence or a strength to be judged there.
	MinPopulation int `yaml:"min_population" mapstructure:"min_population"`
	// FrameYears is how far apart the dates of a population in the region and in the
	// reference may be.
	FrameYears float64 `yaml:"frame_years" mapstructure:"frame_years"`
	// EntryRate is the share of the expected companies that come to a link in a year,
	// which lessens the confidence in an absence by an old list.
	EntryRate float64 `yaml:"entry_rate" mapstructure:"entry_rate"`
	// Review is the least probability with which a company under review counts as
	// possibly at a link.
	Review float64 `yaml:"review" mapstructure:"review"`
	// FillExpected is the expected number of companies that is a reason to fill a link;
	// FillPull so many local companies downstream are one too where at least
	// FillPullExpected are expected or nothing is.
	FillExpected     float64 `yaml:"fill_expected" mapstructure:"fill_expected"`
	FillPull         int     `yaml:"fill_pull" mapstructure:"fill_pull"`
	FillPullExpected float64 `yaml:"fill_pull_expected" mapstructure:"fill_pull_expected"`
	// NewsMonths is how old the news of a project may be for it to be alive.
	NewsMonths int `yaml:"news_months" mapstructure:"news_months"`
	// WeakBelow and StrongAbove bound the adequate location quotients.
	WeakBelow   float64 `yaml:"weak_below" mapstructure:"weak_below"`
	StrongAbove float64 `yaml:"strong_above" mapstructure:"strong_above"`
	// Interval is the probability that the credible interval holds.
	Interval float64 `yaml:"interval" mapstructure:"interval"`
	// PriorMin and PriorMax bound the fitted prior a.
	PriorMin float64 `yaml:"prior_min" mapstructure:"prior_min"`
	PriorMax float64 `yaml:"prior_max" mapstructure:"prior_max"`
	// SingleFirmShare and SingleFirmMin say when a link hangs on one company:
	// its share of the known size, at a link of at least so many companies.
	SingleFirmShare float64 `yaml:"single_firm_share" mapstructure:"single_firm_share"`
	SingleFirmMin   int     `yaml:"single_firm_min" mapstructure:"single_firm_min"`
	// CapacityKnown is the share of companies whose size must be known.
	CapacityKnown float64 `yaml:"capacity_known" mapstructure:"capacity_known"`
	// EstablishedShare is the share of present links that makes a chain one
	// that the region has.
	EstablishedShare float64 `yaml:"established_share" mapstructure:"established_share"`
	// PullHalf is the number of companies one step away that gives half the points.
	PullHalf float64 `yaml:"pull_half" mapstructure:"pull_half"`
	// MomentumYears is up to which age companies count as young, MomentumMin how many
	// companies of known age are needed.
	MomentumYears int `yaml:"momentum_years" mapstructure:"momentum_years"`
	MomentumMin   int `yaml:"momentum_min" mapstructure:"momentum_min"`
	// ChangeLimit is the most companies that are tried for what would change a
	// verdict.
	ChangeLimit int `yaml:"change_limit" mapstructure:"change_limit"`

	Priority   PriorityWeights   `yaml:"priority" mapstructure:"priority"`
	Importance ImportanceWeights `yaml:"importance" mapstructure:"importance"`
	Candidates CandidateWeights  `yaml:"candidates" mapstructure:"candidates"`
	// CandidatesPerGroup is how many candidates of one group of companies stand
	// before those of others.
	CandidatesPerGroup int `yaml:"candidates_per_group" mapstructure:"candidates_per_group"`

	Introductions IntroductionSettings `yaml:"introductions" mapstructure:"introductions"`
	Matching      MatchSettings        `yaml:"matching" mapstructure:"matching"`
}

// PriorityWeights weigh the terms of a priority; they add up to 1.
type PriorityWeights struct {
	Severity    float64 `yaml:"severity" mapstructure:"severity"`
	Pull        float64 `yaml:"pull" mapstructure:"pull"`
	Feasibility float64 `yaml:"feasibility" mapstructure:"feasibility"`
	Importance  float64 `yaml:"importance" mapstructure:"importance"`
}

// ImportanceWeights give the importance of a link by its declared role, each
// in [0, 1].
type ImportanceWeights struct {
	Core       float64 `yaml:"core" mapstructure:"core"`
	Key        float64 `yaml:"key" mapstructure:"key"`
	Prominent  float64 `yaml:"prominent" mapstructure:"prominent"`
	Undeclared float64 `yaml:"undeclared" mapstructure:"undeclared"`
	Restricted float64 `yaml:"restricted" mapstructure:"restricted"`
}

// Default returns the settings that the program ships.
func Default() Settings {
	return Settings{
		MinGrade: graph.GradeC, HiddenUnknown: 0.5, MinPopulation: 20, FrameYears: 3, EntryRate: 0.05, Review: 0.35,
		FillExpected: 0.5, FillPull: 3, FillPullExpected: 0.1, NewsMonths: 18, WeakBelow: 0.8, StrongAbove: 1.25, Interval: 0.9,
		PriorMin: 0.1, PriorMax: 100, SingleFirmShare: 0.6, SingleFirmMin: 1, CapacityKnown: 0.5,
		EstablishedShare: 0.3333, PullHalf: 5, MomentumYears: 10, MomentumMin: 5, ChangeLimit: 20,
		Priority:   PriorityWeights{Severity: 0.35, Pull: 0.25, Feasibility: 0.2, Importance: 0.2},
		Importance: ImportanceWeights{Core: 1, Key: 0.8, Prominent: 0.6, Undeclared: 0.3},
		Candidates: CandidateWeights{
			Fit: 0.35, SupplyTie: 0.15, Size: 0.2, Expansion: 0.1, Proximity: 0.1, Reach: 0.1, Commitment: 0.3,
		},
		CandidatesPerGroup: 2, Introductions: DefaultIntroductions(), Matching: DefaultMatching(),
	}
}

// Check returns every setting that is out of its range, joined into one error
// that is a [graph.ErrInvalid], or nil.
func (s Settings) Check() error {
	var faults []error
	within := func(name string, value, low, high float64) {
		if !(value >= low && value <= high) {
			faults = append(faults, message.As(graph.ErrInvalid, "%s: %v is not between %v and %v", name, value, low, high))
		}
	}
	if !s.MinGrade.Valid() {
		faults = append(faults, message.As(graph.ErrInvalid, "min_grade: %q is not one of A, B, C and D", s.MinGrade))
	}
	if s.Population != "" && !slices.Contains(area.Populations(), s.Population) {
		faults = append(faults, message.As(graph.ErrInvalid, "population: %q is not one of %v", s.Population, area.Populations()))
	}
	within("hidden_unknown", s.HiddenUnknown, 0.01, 100)
	within("min_population", float64(s.MinPopulation), 1, 10_000)
	within("frame_years", s.FrameYears, 0, 100)
	within("entry_rate", s.EntryRate, 0, 1)
	within("review", s.Review, 0.01, 1)
	within("fill_expected", s.FillExpected, 0, 100)
	within("fill_pull", float64(s.FillPull), 1, 10_000)
	within("fill_pull_expected", s.FillPullExpected, 0, 100)
	within("news_months", float64(s.NewsMonths), 1, 1200)
	within("weak_below", s.WeakBelow, 0.01, 1)
	within("strong_above", s.StrongAbove, 1, 100)
	within("interval", s.Interval, 0.5, 0.999)
	within("prior_min", s.PriorMin, 0.01, s.PriorMax)
	within("prior_max", s.PriorMax, s.PriorMin, 10_000)
	within("single_firm_share", s.SingleFirmShare, 0.01, 1)
	within("single_firm_min", float64(s.SingleFirmMin), 1, 100)
	within("capacity_known", s.CapacityKnown, 0.01, 1)
	within("established_share", s.EstablishedShare, 0.01, 1)
	within("pull_half", s.PullHalf, 0.1, 10_000)
	within("momentum_years", float64(s.MomentumYears), 1, 100)
	within("momentum_min", float64(s.MomentumMin), 1, 10_000)
	within("candidates_per_group", float64(s.CandidatesPerGroup), 1, 1000)
	within("change_limit", float64(s.ChangeLimit), 1, 1000)
	for _, w := range s.weights() {
		within(w.name, w.value, 0, 1)
	}
	if !s.Introductions.MinGrade.Valid() {
		faults = append(faults, message.As(graph.ErrInvalid, "introductions.min_grade: %q is not one of A, B, C and D", s.Introductions.MinGrade))
	}
	s.Introductions.Check(within)
	s.Matching.Check(within)
	p, c, w := s.Priority, s.Candidates, s.Matching.Weights
	one := func(names string, sum float64) {
		if sum = math.Round(sum*1e4) / 1e4; sum != 1 {
			faults = append(faults, message.As(graph.ErrInvalid, "%s add up to %v, not to 1", names, sum))
		}
	}
	one("priority.*", p.Severity+p.Pull+p.Feasibility+p.Importance)
	one("candidates.* without commitment", c.Fit+c.SupplyTie+c.Size+c.Expansion+c.Proximity+c.Reach)
	one("matching.weights.*", w.Specialty+w.Cover+w.Grade+w.Track+w.Capacity)
	return errors.Join(faults...)
}

type weight struct {
	name  string
	value float64
}

func (s Settings) weights() []weight {
	return []weight{
		{"priority.severity", s.Priority.Severity},
		{"priority.pull", s.Priority.Pull},
		{"priority.feasibility", s.Priority.Feasibility},
		{"priority.importance", s.Priority.Importance},
		{"importance.core", s.Importance.Core},
		{"importance.key", s.Importance.Key},
		{"importance.prominent", s.Importance.Prominent},
		{"importance.undeclared", s.Importance.Undeclared},
		{"importance.restricted", s.Importance.Restricted},
		{"candidates.fit", s.Candidates.Fit},
		{"candidates.supply_tie", s.Candidates.SupplyTie},
		{"candidates.size", s.Candidates.Size},
		{"candidates.expansion", s.Candidates.Expansion},
		{"candidates.proximity", s.Candidates.Proximity},
		{"candidates.reach", s.Candidates.Reach},
		{"candidates.commitment", s.Candidates.Commitment},
	}
}
