package locate_test

import (
	"strings"
	"testing"

	"liantu/loaders/locate"
)

// TestOf reads the place of cells side by side.
func TestOf(t *testing.T) {
	for _, c := range []struct{ cells, want, beyond string }{
		{"浙江省|杭州市|滨江区", "330108", ""},
		{"浙江|杭州", "330100", ""},
		{"吉林|吉林", "220200", ""},
		{"重庆市|重庆市|两江新区", "500157", ""},
		{"湖北省|省直辖县级行政区划|仙桃市", "429004", ""},
		{"北京市|市辖区|朝阳区", "110105", ""},
		// What stands already is not repeated.
		{"浙江省杭州市|浙江省|杭州市|滨江区", "330108", ""},
		{"浙江省杭州市滨江区|浙江省|杭州市|滨江区", "330108", ""},
		{"滨江区|浙江省|杭州市|", "330108", ""},
		{"温州|浙江", "330300", ""},
		{"西湖区|浙江省|杭州市|", "330106", ""},
		// What is blank or not known yet says nothing.
		{"浙江省|待定|/", "330000", ""},
		{"/|浙江省|杭州市|无", "330100", ""},
		{"待定|杭州市", "330100", ""},
		// A place below the table keeps what stands beside it.
		{"浙江省|杭州市|高新区", "330108", ""},
		{"杭州市|某某产业园", "330100", "某某产业园"},
		{"陕西省|西安市|高新区", "610100", "陕西省西安市高新区"},
		{"广东省|东莞市|松山湖", "441900", ""},
		{"浙江省|宁波市|某某港区", "330200", "某某港区"},
		{"经济技术开发区|山东省|临沂市", "371300", "经济技术开发区"},
		// Cells that contradict each other, and unknown divisions.
		{"杭州市|江苏省|南京市", "", ""},
		{"江苏省|滨江区", "", ""},
		{"浙江省|杭州市|火星区", "", ""},
		{"浙江省|杭州市|鼓楼区", "", ""},
		{"鼓楼区|", "", ""},
		{"高新区|某某园", "", ""},
		{"待定|/", "", ""},
	} {
		place, err := locate.Of(strings.Split(c.cells, "|"))
		if place.Region.Code != c.want || place.Beyond != c.beyond || (err == nil) != (c.want != "") {
			t.Errorf("%s is %s %s with %q beyond, %v, want %s with %q", c.cells, place.Region.Code, place.Region.FullName, place.Beyond, err, c.want, c.beyond)
		}
	}
	if _, err := locate.Of([]string{"杭州市", "江苏省", "南京市"}); err == nil || !strings.Contains(err.Error(), `"杭州市" is 浙江省杭州市, and "江苏省" beside it is 江苏省`) {
		t.Errorf("the contradiction is reported as %v", err)
	}
}
