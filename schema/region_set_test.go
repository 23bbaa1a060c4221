package schema_test

import (
	"errors"
	"testing"

	"liantu/schema"
)

func TestParseRegions(t *testing.T) {
	runParse(t, property(schema.TypeRegions), []parseCase{
		{"杭州市", []string{"330100"}},
		{"330200；浙江省杭州市, 330200", []string{"330100", "330200"}},
		{"滨江区、100000", []string{"100000", "330108"}},
		{"浙江省 杭州市", []string{"330100"}},
		{"浙江省/杭州市|厦门", []string{"330100", "350200"}},
		{"、；", refused("empty")},
		{"杭州市、虚构市", refused("虚构市")},
		{"339900", refused("no such code")},
		{"鼓楼区", refused("it may be")},
	})
	_, err := property(schema.TypeRegions).Parse("杭州市；鼓楼区")
	if !errors.Is(err, schema.ErrUncertain) {
		t.Errorf("of several regions one is uncertain, the error is %v", err)
	}
}
