package place_test

import (
	"fmt"
	"strings"
	"testing"

	"liantu/place"
)

func show(items []place.Item) string {
	var out []string
	for _, it := range items {
		acts := ""
		for i, c := range "MSRTB" {
			if it.Acts&(1<<i) != 0 {
				acts += string(c)
			}
		}
		out = append(out, fmt.Sprintf("%s:%s", it.Thing, acts))
	}
	return strings.Join(out, " ")
}

func TestItems(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"硅铝合金、焙烧锰、工业硅的生产加工及销售；不动产租赁。", "硅铝合金:MT 焙烧锰:MT 工业硅:MT 不动产:T"},
		{"一般项目：软件开发；信息系统集成服务；电子产品销售（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）", "软件:R 信息系统集成:S 电子:T"},
		{"生产、销售：阀门、管件；泵。农产品", "阀门:MT 管件:MT 泵:MT 农产品:"},
		{"生产、销售阀门、管件", "阀门:MT 管件:MT"},
		{"短波通信设备、电声器材；从事通信装备及电声器材的科研、生产、销售。", "短波通信设备: 电声器材: 通信装备及电声器材:MRT"},
		{"软件开发；依法须经批准的项目，经相关部门批准后方可开展经营活动。", "软件:R"},
		{"数控加工中心制造", "数控加工中心:M"},
		{"羊绒制品贸易，电池材料的生产", "羊绒制品:T 电池材料:M"},
		{"工业机器人安装、维修；阀门、管件制造，安装", "工业机器人:B 阀门:M 管件:MB"},
		{"农产品、生产：阀门、管件；泵", "农产品: 阀门:M 管件:M 泵:M"},
		{"加工中心、机床，研发，销售", "加工中心:RT 机床:RT"},
	} {
		if got := show(place.Items(c.text, place.Scope)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
