package resolve_test

import (
	"testing"

	"liantu/resolve"
)

// TestRulesOfNames has for every rule an input where it acts and one beside it
// where it must not.
func TestRulesOfNames(t *testing.T) {
	for _, c := range []struct {
		rule, left, right string
		want              resolve.Band
	}{
		{"common words, two places, one within the other", "江苏省国有资本运营有限公司", "盐城市国有资本运营有限公司", resolve.Different},
		{"common words, one place", "江苏省国有资本运营有限公司", "江苏国有资本运营有限公司", resolve.Same},
		{"common words, institutes without a form", "江苏省环境保护科学研究所", "盐城市环境保护科学研究所", resolve.Different},
		{"a place is the 字号 and is written with its level or without", "江苏省交通投资有限公司", "江苏交通投资有限公司", resolve.Same},
		{"two places are the 字号", "江苏交通投资有限公司", "盐城交通投资有限公司", resolve.Different},
		{"a province and a city of one name", "吉林省交通投资有限公司", "吉林市交通投资有限公司", resolve.Different},
		{"a rare 字号, places within each other", "江苏砚澜星河电子有限公司", "盐城砚澜星河电子有限公司", resolve.Review},
		{"a rare 字号, one place", "盐城市砚澜星河电子有限公司", "盐城砚澜星河电子有限公司", resolve.Same},
		{"a common 字号, places within each other", "江苏华夏电子有限公司", "盐城华夏电子有限公司", resolve.Different},

		{"a common short name", "华夏电子", "华夏电子股份有限公司", resolve.Review},
		{"a rare short name", "砚澜电子", "砚澜电子股份有限公司", resolve.Same},
		{"a common short name in a licensed trade", "华夏证券", "华夏证券股份有限公司", resolve.Same},

		{"limited and by shares", "砚澜电子有限公司", "砚澜电子股份有限公司", resolve.Review},
		{"limited and by shares, a long 字号 in one place", "盐城砚澜星河电子有限公司", "盐城砚澜星河电子股份有限公司", resolve.Review},
		{"limited and by shares in a licensed trade", "砚澜证券有限责任公司", "砚澜证券股份有限公司", resolve.Same},
		{"two spellings of limited", "砚澜电子有限责任公司", "砚澜电子有限公司", resolve.Same},

		{"a limited company and a limited group", "盐城砚澜星河电子有限公司", "盐城砚澜星河电子集团有限公司", resolve.Review},
		{"by shares before and after it became a group", "盐城砚澜星河电子股份有限公司", "盐城砚澜星河电子集团股份有限公司", resolve.Same},

		{"a trade within another", "盐城砚澜星河医药有限公司", "盐城砚澜星河医药科技有限公司", resolve.Review},
		{"a short name with the beginning of a trade", "砚澜星河医药", "盐城砚澜星河医药科技股份有限公司", resolve.Review},
		{"two sub-trades", "盐城砚澜星河工程机械有限公司", "盐城砚澜星河重型机械有限公司", resolve.Different},

		{"numbers", "盐城砚澜一局建设有限公司", "盐城砚澜二局建设有限公司", resolve.Different},
		{"directions", "盐城砚澜北方工程有限公司", "盐城砚澜南方工程有限公司", resolve.Different},
		{"a typo", "盐城砚澜星河电子有限公司", "盐城砚澜星诃电子有限公司", resolve.Review},

		{"foreign holding", "Velmora Star Holdings Ltd", "Velmora Star Ltd", resolve.Different},
		{"two foreign holdings", "Velmora Star Holdings Ltd", "Velmora Star Holdings Limited", resolve.Same},
		{"foreign group", "Velmora Star Group Ltd", "Velmora Star Ltd", resolve.Different},
		{"foreign trades", "Velmora Star Electronics Ltd", "Velmora Star Trading Ltd", resolve.Different},
		{"a foreign name without its form", "Velmora Star Electronics", "Velmora Star Electronics Ltd", resolve.Review},
		{"a foreign form and the same with its country", "Velmora Star Ltd., China", "Velmora Star (China) Limited", resolve.Same},
		{"a foreign place in one", "Velmora Star (Beijing) Electronics Ltd", "Velmora Star Electronics Ltd", resolve.Review},
		{"of China is no place", "Velmora Bank of China Limited", "Velmora Bank of Japan Limited", resolve.Different},
		{"corporation limited and its short form", "Velmora Star Electronics Corporation Limited", "Velmora Star Electronics Corporation", resolve.Same},

		{"a form in brackets is no second name", "砚澜环境研究所（有限公司）", "云岫环境研究所（有限公司）", resolve.Different},
		{"a county in brackets", "江苏砚澜（阜宁）农业开发有限公司", "江苏砚澜农业开发有限公司", resolve.Review},
		{"another company in brackets behind a short name", "砚澜达（浙江云岫）", "砚澜达", resolve.Review},
		{"a foreign name in brackets behind a short name", "砚澜达（Yanlanda）", "砚澜达", resolve.Same},
		{"a note in brackets behind the name", "江苏砚澜农业开发有限公司（试点）", "江苏砚澜农业开发有限公司", resolve.Same},
	} {
		v := resolve.Compare(named(c.left), named(c.right))
		if v.Band != c.want {
			t.Errorf("%s: %s and %s are %s (%v), want %s", c.rule, c.left, c.right, v.Band, v.Reasons, c.want)
		}
	}
}
