package projection_test

import (
	"slices"
	"testing"

	"liantu/schema"
)

// TestNotices checks that each notice of a source is said once, and in the other language
// where it has one only.
func TestNotices(t *testing.T) {
	p := parse(t, `
source a notice=示例数据 english_notice=sample
source b
source c notice=示例数据 english_notice=sample
source d notice=只有中文
source e english_notice=English-only
`)
	want := []schema.Text{{Zh: "示例数据", En: "sample"}, {Zh: "只有中文", En: "只有中文"}, {Zh: "English-only", En: "English-only"}}
	byZh := func(a, b schema.Text) int { return slices.Compare([]rune(a.Zh), []rune(b.Zh)) }
	got := p.Notices()
	slices.SortFunc(got, byZh)
	slices.SortFunc(want, byZh)
	if !slices.Equal(got, want) {
		t.Errorf("the notices are %v, want %v", got, want)
	}
}
