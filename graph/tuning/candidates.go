package tuning

// CandidateWeights weigh the terms of a candidate's score; they add up to 1.
// Commitment is subtracted.
type CandidateWeights struct {
	Fit        float64 `yaml:"fit" mapstructure:"fit"`
	SupplyTie  float64 `yaml:"supply_tie" mapstructure:"supply_tie"`
	Size       float64 `yaml:"size" mapstructure:"size"`
	Expansion  float64 `yaml:"expansion" mapstructure:"expansion"`
	Proximity  float64 `yaml:"proximity" mapstructure:"proximity"`
	Reach      float64 `yaml:"reach" mapstructure:"reach"`
	Commitment float64 `yaml:"commitment" mapstructure:"commitment"`
}
