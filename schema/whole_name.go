package schema

import "strings"

// RegisteredForm reports whether the name of a company ends in its legal form, as a
// registered name does and a short one does not: 大华技术股份有限公司, Borea GmbH, but
// neither 大华股份 nor 大华公司. The forms are those of the company law and the law on
// partnerships of China, and of the registers of the larger trading partners.
func RegisteredForm(name string) bool {
	name = strings.TrimRight(name, " .。)）　")
	for _, form := range chineseForms {
		if strings.HasSuffix(name, form) {
			return true
		}
	}
	if name == "" || name[len(name)-1] >= 0x80 {
		return false
	}
	last := strings.ToLower(name[strings.LastIndexAny(name, " ,")+1:])
	return len(last) < len(name) && foreignForms[strings.ReplaceAll(last, ".", "")]
}

var chineseForms = []string{"有限公司", "有限责任公司", "股份公司", "集团公司", "总公司", "分公司", "合伙企业", "有限合伙", "普通合伙", "合作社", "株式会社"}

var foreignForms = map[string]bool{
	"ltd": true, "limited": true, "inc": true, "incorporated": true, "corp": true, "corporation": true, "llc": true, "plc": true, "llp": true,
	"gmbh": true, "ag": true, "se": true, "kg": true, "sa": true, "sas": true, "sarl": true, "spa": true, "srl": true,
	"bv": true, "nv": true, "ab": true, "oy": true, "as": true, "kk": true,
}
