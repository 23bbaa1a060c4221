package schema_test

import (
	"errors"
	"strings"
	"testing"

	"liantu/schema"
)

// TestRegionsOfToday finds what changed since 2023, by code, name and former name.
func TestRegionsOfToday(t *testing.T) {
	runParse(t, property(schema.TypeRegion), []parseCase{
		{"500157", "500157"},
		{"500105", "500157"},
		{"500112", "500157"},
		{"重庆市两江新区", "500157"},
		{"重庆两江", "500157"},
		{"重庆市江北区", "500157"},
		{"重庆市渝北区", "500157"},
		{"渝北区", "500157"},
		{"江北区", refused("330205 浙江省宁波市江北区, 500157 重庆市两江新区")},
		{"新疆和田地区和安县", "653229"},
		{"653228", "653228"},
		{"海南省三沙市西沙区", "460302"},
		{"460321", "460302"},
		{"三沙市南沙群岛", "460303"},
		{"南沙区", refused("440115")},
		{"139001", "130682"},
		{"451023", "451082"},
		{"330103", "330105"},
		// Former names of any year.
		{"浙江省台州地区椒江市", "331002"},
		{"广东省惠阳地区", "441300"},
		{"重庆市万县市", "500101"},
		{"河北省唐山市新区", "130208"},
		// What has become of it is not certain.
		{"341400", refused("巢湖市 (341400) was a division until 2010, and what has become of it is not certain")},
		{"640222", refused("陶乐县 (640222) was a division until 2002")},
		{"陶乐县", refused("what has become of it is not certain")},
		{"南郊区", refused("what has become of it is not certain")}, // of 太原; that of 天津 is known
		{"天津市南郊区", "120112"},
	})
}

// TestZones finds development zones that lie in one county, with or without their
// city, and refuses those of which the county is not certain.
func TestZones(t *testing.T) {
	runParse(t, property(schema.TypeRegion), []parseCase{
		{"杭州市余杭区未来科技城", "330110"},
		{"杭州未来科技城", "330110"},
		{"未来科技城", refused("no division")}, // there are others
		{"钱塘新区", "330114"},
		{"浙江省杭州市钱塘新区", "330114"},
		{"杭州高新区（滨江）", "330108"},
		{"杭州高新技术产业开发区", "330108"},
		{"滨江（高新）", "330108"},
		{"高新区（滨江）", "330108"},
		{"杭州市滨江区高新区", "330108"},
		{"苏州工业园区", "320576"},
		{"苏州市工业园区", "320576"},
		{"上海张江", "310115"},
		{"张江高科技园区", "310115"},
		{"北京亦庄", "110115"},
		{"合肥高新区", "340176"},
		{"广州开发区", "440112"},
		{"广东省广州市黄埔区开发区", "440112"},
		{"天津滨海", "120116"},
		{"天津经济技术开发区", "120116"},
		{"松山湖", "441900"},
		{"东莞市松山湖高新技术产业开发区", "441900"},
		{"横琴", "440402"},
		{"杭州市松山湖", refused("杭州市 is known, but nothing there is called 松山湖")},
		{"高新区", refused("no division")},
		{"西安高新区", refused("lies in several counties of 610100 陕西省西安市")},
		{"光谷", refused("lies in several counties of 420100 湖北省武汉市")},
		{"北京经济技术开发区", refused("lies in several counties of 110000 北京市")},
		{"西安市高新区雁塔区", "610113"},
		{"杭州市某某开发区", refused("nothing there is called 某某开发区")},
	})
}

// TestFindPlace finds the region around a place below the table.
func TestFindPlace(t *testing.T) {
	for _, c := range []struct{ text, want, beyond string }{
		{"浙江省杭州市", "330100", ""},
		{"浙江省杭州市某某经济开发区", "330100", "某某经济开发区"},
		{"浙江省杭州市余杭区仓前街道文一西路1号", "330110", "仓前街道文一西路1号"},
		{"东莞市长安镇", "441900", "长安镇"},
		{"江苏省南京市江北新区", "320100", "江苏省南京市江北新区"},
		{"武汉东湖高新区", "420100", "武汉东湖高新区"},
		{"长春临空经济示范区", "220100", "临空经济示范区"},
		{"沈阳高新区", "210100", "高新区"},
		{"河北省雄安新区", "130000", "雄安新区"},
		{"浙江省宁波市某港区", "330200", "某港区"},
		// Another division, known or not, is no place below.
		{"江苏省杭州市", "", ""},
		{"江苏省杭州市某某开发区", "", ""},
		{"浙江省杭州市火星区", "", ""},
		{"浙江省杭州市鼓楼区", "", ""},
		{"陕西省西安市杭州市", "", ""},
		// A short name alone may begin anything.
		{"海南路", "", ""},
		{"南京路100号", "", ""},
		{"滨江工业园", "", ""},
		{"长安镇", "", ""},
		{"中国某某开发区", "", ""},
		{"某某开发区", "", ""},
		{"", "", ""},
	} {
		place, err := schema.FindPlace(c.text)
		var fault *schema.ValueError
		if err != nil && (!errors.As(err, &fault) || fault.Value != c.text) {
			t.Errorf("%s: the error is %v", c.text, err)
		}
		if place.Region.Code != c.want || place.Beyond != c.beyond || (err == nil) != (c.want != "") {
			t.Errorf("%s is %s %s with %q beyond, %v, want %s with %q", c.text, place.Region.Code, place.Region.FullName, place.Beyond, err, c.want, c.beyond)
		}
	}
}

// TestRegionsInLatinLetters finds regions by English and pinyin, with the readings
// that dictionaries of characters have otherwise.
func TestRegionsInLatinLetters(t *testing.T) {
	runParse(t, property(schema.TypeRegion), []parseCase{
		{"Hangzhou", "330100"},
		{"HANGZHOU", "330100"},
		{"Zhejiang", "330000"},
		{"Zhejiang Province", "330000"},
		{"Yuhang", "330110"},
		{"yuhang qu", "330110"},
		{"Hangzhou Yuhang District", "330110"},
		{"Yuhang District, Hangzhou, Zhejiang, China", "330110"},
		{"Hang Zhou Shi", "330100"},
		{"Hángzhōu", "330100"},
		{"China", "100000"},
		{"Beijing, Beijing", "110000"},
		{"Chaoyang District, Beijing", "110105"},
		{"Pudong New Area, Shanghai", "310115"},
		{"Inner Mongolia", "150000"},
		{"Xinjiang Uygur Autonomous Region", "650000"},
		{"Guangxi Zhuang Autonomous Region", "450000"},
		{"Tibet", "540000"},
		{"Hong Kong", "810000"},
		{"Shaanxi", "610000"},
		{"Shanxi", "140000"},
		{"Xi'an", "610100"},
		{"Xian", "610100"},
		{"Xi’an, Shaanxi", "610100"},
		{"Harbin", "230100"},
		{"Urumqi", "650100"},
		{"Jilin", "220000"},
		{"Jilin, Jilin", "220200"},
		{"Suzhou, Jiangsu", "320500"},
		{"Suzhou, Anhui", "341300"},
		{"Taizhou Zhejiang", "331000"},
		{"Lüliang", "141100"},
		{"Lvliang", "141100"},
		{"Lu'an", "341500"},
		{"Chongqing", "500000"},
		{"Xiamen", "350200"},
		{"Lishui", "331100"},
		{"Lishui, Nanjing", "320117"},
		{"Bengbu", "340300"},
		{"Bozhou", "341600"},
		{"Changzhi", "140400"},
		{"Panyu", "440113"},
		{"Guoyang", "341621"},
		{"Yueqing", "330382"},
		{"Leshan", "511100"},
		{"Shen County, Shandong", "371522"},
		{"Xun County, Henan", "410621"},
		{"She County, Anhui", "341021"},
		{"Yi County, Anhui", "341023"},
		{"Shan County, Shandong", "371722"},
		{"Dong'e", "371524"},
		{"Yuli", "652823"},
		{"Tiantai", "331023"},
		// Several are called so.
		{"Suzhou", refused("320500 江苏省苏州市, 341300 安徽省宿州市")},
		{"Taizhou", refused("321200 江苏省泰州市, 331000 浙江省台州市")},
		{"Yichun", refused("230700")},
		{"Chaoyang", refused("110105")},
		{"Chaoyang District", refused("110105")},
		// None is.
		{"Shan", refused("no division")},
		{"Hangzhou County", refused("no division")},
		{"Hangzhou, Jiangsu", refused("no division")},
		{"Hangzhou Mars District", refused("no division")},
		{"Paris", refused("no division")},
		{"USA", refused("no division")},
		{"District", refused("no division")},
		{"Hangzhou杭州", refused("no division")},
	})
	// Names of other places of the world that a column of regions may hold.
	for name := range strings.FieldsSeq("Japan Germany France Italy Spain Mali Chad Peru Iran Iraq Oman Cuba Laos Nepal Yemen Qatar Kenya Ghana Togo Niger Gabon " +
		"Tokyo Osaka Seoul Busan London Berlin Rome Milan Madrid Lima Cairo Dubai Delhi Mumbai Hanoi Manila Sydney Boston Chicago Singapore Malaysia Bangkok") {
		if r, err := schema.FindRegion(name); err == nil {
			t.Errorf("%s is %s", name, r.FullName)
		}
	}
}

// TestTraditionalCharacters finds regions in either script.
func TestTraditionalCharacters(t *testing.T) {
	runParse(t, property(schema.TypeRegion), []parseCase{
		{"溫州", "330300"},
		{"廣東省", "440000"},
		{"臺州", "331000"},
		{"浙江省臺州市黃巖區", "331003"},
		{"臺灣", "710000"},
		{"蘇州工業園區", "320576"},
		{"鼓樓區", refused("320106")},
	})
}
