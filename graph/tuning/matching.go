package tuning

// MatchSettings say how an intermediary is matched with a need.
type MatchSettings struct {
	// Weights of the terms of a score; they add up to 1.
	Weights MatchWeights `yaml:"weights" mapstructure:"weights"`
	// Place is the value of a specialty by where it lies: at the link itself, at
	// one above it, in its chain, or in its ecosystem.
	Place PlaceFactors `yaml:"place" mapstructure:"place"`
	// Level is the factor of a specialty by how deep it is.
	Level LevelFactors `yaml:"level" mapstructure:"level"`
	// Grade is the value of the grade, and what earns it.
	Grade GradeRules `yaml:"grade" mapstructure:"grade"`
	// HalfLife is the years after which a past introduction counts half.
	HalfLife float64 `yaml:"half_life" mapstructure:"half_life"`
	// Confidence is that of the lower bound of the share that landed.
	Confidence float64 `yaml:"confidence" mapstructure:"confidence"`
	// Capacity is how many needs an intermediary serves at a time where nothing is
	// stated.
	Capacity int `yaml:"capacity" mapstructure:"capacity"`
	// MinScore and PerNeed limit a plan: the least score of a match, and the most
	// intermediaries of a need.
	MinScore float64 `yaml:"min_score" mapstructure:"min_score"`
	PerNeed  int     `yaml:"per_need" mapstructure:"per_need"`
	// MostNeeds is how many needs a plan holds at most, the most urgent first.
	MostNeeds int `yaml:"most_needs" mapstructure:"most_needs"`
}

// MatchWeights weigh the terms of a match; they add up to 1.
type MatchWeights struct {
	Specialty float64 `yaml:"specialty" mapstructure:"specialty"`
	Cover     float64 `yaml:"cover" mapstructure:"cover"`
	Grade     float64 `yaml:"grade" mapstructure:"grade"`
	Track     float64 `yaml:"track" mapstructure:"track"`
	Capacity  float64 `yaml:"capacity" mapstructure:"capacity"`
}

// PlaceFactors are the values of a specialty by where it lies.
type PlaceFactors struct {
	Link      float64 `yaml:"link" mapstructure:"link"`
	Ancestor  float64 `yaml:"ancestor" mapstructure:"ancestor"`
	Chain     float64 `yaml:"chain" mapstructure:"chain"`
	Ecosystem float64 `yaml:"ecosystem" mapstructure:"ecosystem"`
}

// LevelFactors weigh a specialty by how deep it is.
type LevelFactors struct {
	Expert     float64 `yaml:"expert" mapstructure:"expert"`
	Proficient float64 `yaml:"proficient" mapstructure:"proficient"`
	Familiar   float64 `yaml:"familiar" mapstructure:"familiar"`
	Unknown    float64 `yaml:"unknown" mapstructure:"unknown"`
}

// GradeRules say what a grade is worth, and how many projects must have landed,
// and which share of those introduced at least, for A and for B; the rest is C.
type GradeRules struct {
	A       float64 `yaml:"a" mapstructure:"a"`
	B       float64 `yaml:"b" mapstructure:"b"`
	C       float64 `yaml:"c" mapstructure:"c"`
	ALanded int     `yaml:"a_landed" mapstructure:"a_landed"`
	AShare  float64 `yaml:"a_share" mapstructure:"a_share"`
	BLanded int     `yaml:"b_landed" mapstructure:"b_landed"`
	BShare  float64 `yaml:"b_share" mapstructure:"b_share"`
}

// DefaultMatching returns the settings that the program ships.
func DefaultMatching() MatchSettings {
	return MatchSettings{
		Weights: MatchWeights{Specialty: 0.4, Cover: 0.2, Grade: 0.1, Track: 0.2, Capacity: 0.1},
		Place:   PlaceFactors{Link: 1, Ancestor: 0.8, Chain: 0.6, Ecosystem: 0.4},
		Level:   LevelFactors{Expert: 1, Proficient: 0.85, Familiar: 0.6, Unknown: 0.6},
		Grade:   GradeRules{A: 1, B: 0.7, C: 0.4, ALanded: 3, AShare: 0.2, BLanded: 1, BShare: 0.1},

		HalfLife: 3, Confidence: 0.9, Capacity: 3, MinScore: 0.3, PerNeed: 2, MostNeeds: 200,
	}
}

// Check reports every setting that is out of its range.
func (s MatchSettings) Check(within func(name string, value, low, high float64)) {
	w := s.Weights
	for _, x := range []named{
		{"weights.specialty", w.Specialty},
		{"weights.cover", w.Cover},
		{"weights.grade", w.Grade},
		{"weights.track", w.Track},
		{"weights.capacity", w.Capacity},
		{"place.link", s.Place.Link},
		{"place.ancestor", s.Place.Ancestor},
		{"place.chain", s.Place.Chain},
		{"place.ecosystem", s.Place.Ecosystem},
		{"level.expert", s.Level.Expert},
		{"level.proficient", s.Level.Proficient},
		{"level.familiar", s.Level.Familiar},
		{"level.unknown", s.Level.Unknown},
		{"grade.a", s.Grade.A},
		{"grade.b", s.Grade.B},
		{"grade.c", s.Grade.C},
		{"grade.a_share", s.Grade.AShare},
		{"grade.b_share", s.Grade.BShare},
		{"min_score", s.MinScore},
	} {
		within("matching."+x.name, x.value, 0, 1)
	}
	within("matching.grade.a_landed", float64(s.Grade.ALanded), 0, 1000)
	within("matching.grade.b_landed", float64(s.Grade.BLanded), 0, 1000)
	within("matching.half_life", s.HalfLife, 0.1, 100)
	within("matching.confidence", s.Confidence, 0.5, 0.999)
	within("matching.capacity", float64(s.Capacity), 1, 1000)
	within("matching.per_need", float64(s.PerNeed), 1, 100)
	within("matching.most_needs", float64(s.MostNeeds), 1, 10_000)
}

// Of returns the factor of a specialty.
func (l LevelFactors) Of(level string) float64 {
	switch level {
	case "EXPERT":
		return l.Expert
	case "PROFICIENT":
		return l.Proficient
	case "FAMILIAR":
		return l.Familiar
	}
	return l.Unknown
}

// Value returns what a grade is worth.
func (g GradeRules) Value(grade string) float64 {
	switch grade {
	case "A":
		return g.A
	case "B":
		return g.B
	}
	return g.C
}

// named is a number with its name in files.
type named struct {
	name  string
	value float64
}
