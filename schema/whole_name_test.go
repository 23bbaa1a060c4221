package schema_test

import (
	"testing"

	"liantu/schema"
)

func TestRegisteredForm(t *testing.T) {
	for name, want := range map[string]bool{
		"浙江星澜技术股份有限公司": true, "星澜技术有限责任公司": true, "星澜投资合伙企业（有限合伙）": true, "星澜（杭州）有限公司": true, "星澜集团公司": true,
		"星澜股份": false, "星澜集团": false, "星澜公司": false, "星澜": false, "": false,
		"Borea GmbH": true, "Borea Trading Co., Ltd.": true, "Borea S.A.": true, "Borea": false, "Inc": false, "Borea Vegas": false,
	} {
		if got := schema.RegisteredForm(name); got != want {
			t.Errorf("%q ends in a legal form: %v", name, got)
		}
	}
}

func TestMasked(t *testing.T) {
	for text, want := range map[string]bool{
		"张*": true, "张＊": true, "138****1234": true, "王某": true, "王某某": true, "李XX": true, "李x": true, "某公司": true, "XX公司": true,
		"张三": false, "欧阳晓晓": false, "Max Xu": false, "Xavier": false, "SpaceX公司": false, "13800001234": false, "": false,
	} {
		if got := schema.Masked(text); got != want {
			t.Errorf("%q is masked: %v", text, got)
		}
	}
}
