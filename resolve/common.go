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
// four times and more and are neither places nor words of trade. The last line
// has words that registers refuse or restrict because so many names have them,
// by judgement.
var commonCores = func() map[string]int {
	m := map[string]int{}
	list := strings.Fields(`东方 16 中南 9 长城 9 北方 8 新华 8 长江 8 中航 7 联创 7 东华 6 中信 6 宏达 6 招商局 6 兴业 5 天润 5 安泰 5 民生 5 瑞丰 5 经纬 5 西部 5 银河 5
三维 4 中交 4 中原 4 中天 4 中粮 4 九洲 4 亚太 4 信达 4 先锋 4 凤凰 4 华夏 4 华泰 4 南方 4 博汇 4 国泰 4 天健 4 天山 4 广电 4 方正 4 时代 4 汇金 4 江南 4 珠江 4 百川 4 航天 4 越秀 4 远大 4
中华 8 中国 16 华兴 4 黄河 4 神州 4 环球 4 世纪 4 太平洋 4 华联 4 友谊 4 光华 4 金龙 4 永泰 4 恒达 4 兴隆 4 宏远 4 恒通 4 鑫达 4 金鼎 4 创新 4 新世纪 4`)
	for i := 0; i+1 < len(list); i += 2 {
		m[list[i]], _ = strconv.Atoi(list[i+1])
	}
	return m
}()
