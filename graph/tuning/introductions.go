package tuning

import "liantu/graph"

// IntroductionSettings say how far each kind of tie carries an introduction.
// The strength of a tie is that of its kind, times a factor for what is stated of
// it, times its recency 2^(−age/half-life); all lie in (0, 1].
type IntroductionSettings struct {
	// MinGrade is the weakest grade of evidence of a tie. It is not that of the
	// counts: a roster is an unverified list and yet how people are found.
	MinGrade graph.Grade `yaml:"min_grade" mapstructure:"min_grade"`
	// Most is how many introductions an answer holds at most.
	Most int `yaml:"most" mapstructure:"most"`

	Strength  IntroductionTieStrengths `yaml:"strength" mapstructure:"strength"`
	HalfLife  IntroductionTieHalfLives `yaml:"half_life" mapstructure:"half_life"`
	Closeness ClosenessFactors         `yaml:"closeness" mapstructure:"closeness"`
	Influence InfluenceFactors         `yaml:"influence" mapstructure:"influence"`
	// Former is the factor of a post or a membership that has ended; its age is
	// counted from its last day.
	Former float64 `yaml:"former" mapstructure:"former"`
	// Undated is the recency of a tie of which no date is known.
	Undated float64 `yaml:"undated" mapstructure:"undated"`
}

// IntroductionTieStrengths are the strengths of the kinds of ties. Located is that of a
// company of the region itself, where a path may begin.
type IntroductionTieStrengths struct {
	NativeOf  float64 `yaml:"native_of" mapstructure:"native_of"`
	Covers    float64 `yaml:"covers" mapstructure:"covers"`
	LocatedIn float64 `yaml:"located_in" mapstructure:"located_in"`
	WorksAt   float64 `yaml:"works_at" mapstructure:"works_at"`
	MemberOf  float64 `yaml:"member_of" mapstructure:"member_of"`
	Knows     float64 `yaml:"knows" mapstructure:"knows"`
	Supplies  float64 `yaml:"supplies" mapstructure:"supplies"`
	InvestsIn float64 `yaml:"invests_in" mapstructure:"invests_in"`
	Serves    float64 `yaml:"serves" mapstructure:"serves"`
}

// IntroductionTieHalfLives are the years after which a tie carries half as far.
type IntroductionTieHalfLives struct {
	WorksAt   float64 `yaml:"works_at" mapstructure:"works_at"`
	MemberOf  float64 `yaml:"member_of" mapstructure:"member_of"`
	Knows     float64 `yaml:"knows" mapstructure:"knows"`
	Supplies  float64 `yaml:"supplies" mapstructure:"supplies"`
	InvestsIn float64 `yaml:"invests_in" mapstructure:"invests_in"`
	Serves    float64 `yaml:"serves" mapstructure:"serves"`
}

// ClosenessFactors weigh an acquaintance by how close the two are.
type ClosenessFactors struct {
	Close   float64 `yaml:"close" mapstructure:"close"`
	Regular float64 `yaml:"regular" mapstructure:"regular"`
	Distant float64 `yaml:"distant" mapstructure:"distant"`
	Unknown float64 `yaml:"unknown" mapstructure:"unknown"`
}

// InfluenceFactors weigh a post by what its holder decides in the company.
type InfluenceFactors struct {
	Decides float64 `yaml:"decides" mapstructure:"decides"`
	Advises float64 `yaml:"advises" mapstructure:"advises"`
	Knows   float64 `yaml:"knows" mapstructure:"knows"`
	Unknown float64 `yaml:"unknown" mapstructure:"unknown"`
}

// DefaultIntroductions returns the settings that the program ships.
func DefaultIntroductions() IntroductionSettings {
	return IntroductionSettings{
		MinGrade: graph.GradeD, Most: 50,
		Strength: IntroductionTieStrengths{
			NativeOf: 0.9, Covers: 0.5, LocatedIn: 0.8, WorksAt: 0.9, MemberOf: 0.6, Knows: 0.9,
			Supplies: 0.5, InvestsIn: 0.7, Serves: 0.6,
		},
		HalfLife:  IntroductionTieHalfLives{WorksAt: 5, MemberOf: 5, Knows: 3, Supplies: 3, InvestsIn: 5, Serves: 5},
		Closeness: ClosenessFactors{Close: 1, Regular: 0.7, Distant: 0.4, Unknown: 0.5},
		Influence: InfluenceFactors{Decides: 1, Advises: 0.8, Knows: 0.5, Unknown: 0.6},
		Former:    0.5, Undated: 0.5,
	}
}

// Check reports every setting that is out of its range to a function.
func (s IntroductionSettings) Check(within func(name string, value, low, high float64)) {
	within("introductions.most", float64(s.Most), 1, 1000)
	t, h, c, i := s.Strength, s.HalfLife, s.Closeness, s.Influence
	for _, w := range []named{
		{"strength.native_of", t.NativeOf},
		{"strength.covers", t.Covers},
		{"strength.located_in", t.LocatedIn},
		{"strength.works_at", t.WorksAt},
		{"strength.member_of", t.MemberOf},
		{"strength.knows", t.Knows},
		{"strength.supplies", t.Supplies},
		{"strength.invests_in", t.InvestsIn},
		{"strength.serves", t.Serves},
		{"closeness.close", c.Close},
		{"closeness.regular", c.Regular},
		{"closeness.distant", c.Distant},
		{"closeness.unknown", c.Unknown},
		{"influence.decides", i.Decides},
		{"influence.advises", i.Advises},
		{"influence.knows", i.Knows},
		{"influence.unknown", i.Unknown},
		{"former", s.Former},
		{"undated", s.Undated},
	} {
		within("introductions."+w.name, w.value, 0.001, 1)
	}
	for _, w := range []named{
		{"works_at", h.WorksAt},
		{"member_of", h.MemberOf},
		{"knows", h.Knows},
		{"supplies", h.Supplies},
		{"invests_in", h.InvestsIn},
		{"serves", h.Serves},
	} {
		within("introductions.half_life."+w.name, w.value, 0.1, 100)
	}
}

// Of returns the factor of an acquaintance.
func (f ClosenessFactors) Of(closeness string) float64 {
	switch closeness {
	case "CLOSE":
		return f.Close
	case "REGULAR":
		return f.Regular
	case "DISTANT":
		return f.Distant
	}
	return f.Unknown
}

// Of returns the factor of a post.
func (f InfluenceFactors) Of(influence string) float64 {
	switch influence {
	case "DECIDES":
		return f.Decides
	case "ADVISES":
		return f.Advises
	case "KNOWS":
		return f.Knows
	}
	return f.Unknown
}
