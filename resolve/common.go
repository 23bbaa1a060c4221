package resolve

import (
	"math"
	"strconv"
	"strings"
)

// commonness returns by how many bits a 字号 that many companies have says less
// than a rare one: the logarithm to base 2 of how often it occurs, since the
// weight of an agreement is log2 of one over the chance of it.
func commonness(core string) float64 {
	if n := commonCores[core]; n > 0 {
		return math.Log2(float64(n))
	}
	return 0
}

// commonCores says how many of 9,984 registered names of companies have a 字号 with
// another place or trade each. The names are those of the lists of Chinese
// exchanges of 2015, 2022, 2024 and 2025, of a sample of private companies of 2025, of
// tenders of Hubei and of appraisers and consultancies; counted are 字号 that occur
// three times and more and are neither places nor words of trade. The last line
// has words that registers refuse or restrict because so many names have them,
// by judgement.
var commonCores = func() map[string]int {
	m := map[string]int{}
	list := strings.Fields(`东方 16 中南 9 长城 9 北方 8 新华 8 长江 8 中航 7 联创 7 东华 6 中信 6 宏达 6 招商局 6 兴业 5 天润 5 安泰 5 民生 5 瑞丰 5 经纬 5 西部 5 银河 5
三维 4 中交 4 中原 4 中天 4 中粮 4 九洲 4 亚太 4 信达 4 先锋 4 凤凰 4 华夏 4 华泰 4 南方 4 博汇 4 国泰 4 天健 4 天山 4 广电 4 方正 4 时代 4 汇金 4 江南 4 珠江 4 百川 4 航天 4 越秀 4 远大 4
万达 3 东北 3 东风 3 中建 3 中材 3 中泰 3 中海 3 中环 3 中科 3 中通 3 中铁 3 亚联 3 京能 3 众泰 3 保利 3 先河 3 兴港 3 华东 3 华天 3 华源 3 华电 3 华科 3 华菱 3 华西 3 华阳 3 协鑫 3 启迪 3 国信 3 国科 3
大地 3 大通 3 天利 3 奥飞 3 安信 3 宏昌 3 平安 3 广晟 3 康达 3 新安 3 楚天 3 正德 3 泰和 3 浩源 3 海利 3 海螺 3 烽火 3 玉龙 3 瑞泰 3 百洋 3 红太阳 3 胜利 3 通用 3 金山 3 阳光 3 首创 3
中华 8 中国 16 华兴 4 黄河 4 神州 4 环球 4 世纪 4 太平洋 4 华联 4 友谊 4 光华 4 金龙 4 永泰 4 恒达 4 兴隆 4 宏远 4 恒通 4 鑫达 4 金鼎 4 创新 4 新世纪 4`)
	for i := 0; i+1 < len(list); i += 2 {
		m[list[i]], _ = strconv.Atoi(list[i+1])
	}
	return m
}()
