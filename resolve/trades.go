package resolve

import (
	"slices"
	"strings"
)

// tradeWords are the words for the trade in registered names. The
// list was made for this package; a word that is missing makes the 字号 longer,
// which costs recall but no precision.
var tradeWords = func() []string {
	list := strings.Fields(`
科技 技术 高科 高新技术 高技术 科学 科学技术 电子 信息 信息技术 智能 智能科技 人工智能 机器人 自动化 数字 数据 大数据 云计算 软件 网络 互联网 物联网 通信 通讯 电信 移动通信
光电 光学 光电子 光纤 光缆 激光 半导体 集成电路 微电子 芯片 传感 传感器 显示 电路 线路 元件 器件 电子元件 元器件 精密 精密机械 精工 精机
生物 生物科技 生物技术 生物医药 生物制药 医药 药业 制药 医疗 医疗器械 器械 医学 健康 大健康 基因 诊断 检测 检验 疫苗 中药 化妆品 医院 康复
化工 化学 石化 石油化工 石油 天然气 煤业 煤炭 煤电 能源 新能源 电力 水电 火电 风电 风能 太阳能 光伏 储能 电池 氢能 核电 热电 热力 燃气 水务 环保 环境 环境科技 节能 生态
材料 新材料 新材 新型材料 复合材料 复材 金属 有色 有色金属 钢铁 特钢 特殊钢 钢管 钢构 铝业 铜业 锌业 稀土 矿业 黄金 钛业 钨业 锂业 玻璃 水泥 建材 陶瓷 塑料 塑胶 橡胶 轮胎 纸业 包装 印刷 涂料 纤维 化纤 薄膜
机械 设备 装备 机电 机床 重工 重型机械 工程机械 动力 发动机 电机 电气 电器 电缆 线缆 开关 变压器 阀门 泵业 轴承 齿轮 仪器 仪表 仪器仪表 锅炉 模具 液压
汽车 汽配 汽车零部件 零部件 车辆 客车 轨道交通 轨道 铁路 航空 航天 船舶 造船 海洋 海运 航运 港口 机场 高速 公路 交通 物流 运输 供应链 快递
建设 建筑 建工 工程 路桥 装饰 园林 地产 房地产 置业 物业 开发 城建 规划 设计 设计院 勘察
食品 乳业 酒业 酿酒 啤酒 饮料 农业 农牧 牧业 渔业 种业 林业 饲料 粮油 糖业 茶业 调味品 水产
纺织 服装 服饰 鞋业 家纺 家居 家具 家电 电子商务 商务 商业 百货 商贸 贸易 进出口 零售 连锁 超市 商城 国际贸易 经贸
传媒 文化 文化传媒 影视 影业 电影 出版 出版传媒 游戏 娱乐 旅游 酒店 餐饮 教育 体育 广告 动漫 传播 文旅 会展
银行 证券 保险 信托 基金 期货 租赁 金融 资本 投资 投资管理 创业投资 创投 资产管理 控股 担保 小额贷款
实业 产业 工业 制造 发展 经济发展 科工贸 股份 国际 服务 管理 咨询 企业管理 企业 系统 系统工程 系统集成 集成 解决方案 安防 安全 消防 照明 影像 研究院 研究所 研究中心 大学 学院 中心 事务所 会计师事务所 律师事务所 试剂 试验 孵化器
合作 经营 联合 总店 厂 总厂 商店 商行`)
	return list
}()

// publicWords are the words for public duties, owners and places of work in the
// names of state firms and institutes. With trade words alone they make no 字号
// of a company's own: 国有资本运营, 城市建设, 水利勘测.
var publicWords = strings.Fields(`
国有 国资 国有资产 国有资本 资产 资本 运营 营运 城市 城乡 城镇 乡村 乡村振兴 农村 农业农村 新区 新城 高新区 开发区 经开区 经济开发区 工业园区 园区 市政 公用 公共 公用事业 民生 基础设施
城投 交投 建投 产投 文投 水投 农投 国投 旅投 交控 供销 供销社 合作社 供水 排水 给排水 自来水 污水 水利 水电 水利水电 勘测 测绘 地质 地矿 冶金 气象 环境保护 环科 公路 桥梁 公路桥梁 隧道 道路 市场
人民 百货大楼 大楼 农产品 农副产品 粮食 储备 粮食储备 保障 住房 安居 人才 就业 产权 交易 招标 采购 工程咨询 监理 建设监理 财政 财金 金控 综合
局 厅 委员会 管理委员会 办公室 政府 广播 电视台 监督 监督管理 协会 学会 联合会 联合社 学校 中学 小学 幼儿园 师范 职业 妇幼保健院 妇幼保健 卫生 公安 税务 救援 支队 大队 法院 检察院 党校 图书馆 博物馆 档案馆 广播电视
第一 第二 第三 第四 第五
省 市 区 县 州 镇`)

// licensedTrades are trades of which the state licenses every company by its
// name: two of one name are one company before and after its change of form.
var licensedTrades = words("证券 银行 农村商业银行 保险 人寿保险 财产保险 信托 期货 金融租赁")

// wordsByEnd finds words by their last character, the longest first.
func wordsByEnd(lists ...[]string) map[string][]string {
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	m := map[string][]string{}
	for _, w := range all {
		if end := lastRune(w); !slices.Contains(m[end], w) {
			m[end] = append(m[end], w)
		}
	}
	return m
}

var (
	tradesByEnd  = wordsByEnd(tradeWords)
	genericByEnd = wordsByEnd(tradeWords, publicWords)
)

func lastRune(s string) string {
	r := []rune(s)
	return string(r[len(r)-1:])
}

// cutTrade removes trade words from the end of a stem as long as at least two
// characters remain.
func cutTrade(stem string) (core, trade string) {
	end := len(stem)
	for end > 0 {
		cut := 0
		for _, w := range tradesByEnd[lastRune(stem[:end])] {
			if strings.HasSuffix(stem[:end], w) && atLeastTwo(stem[:end-len(w)]) {
				cut = len(w)
				break
			}
		}
		if cut == 0 {
			break
		}
		end -= cut
	}
	return stem[:end], stem[end:]
}

// isTrade reports whether a stem consists of words of trade alone.
func isTrade(stem string) bool { return consists(stem, tradesByEnd) }

// isGeneric reports whether a stem consists of words of trade and of public
// duties alone, so that very many companies may have it.
func isGeneric(stem string) bool { return consists(stem, genericByEnd) }

// consists reports whether a stem consists of some words alone, taking the
// longest from its end.
func consists(stem string, byEnd map[string][]string) bool {
	for stem != "" {
		cut := 0
		for _, w := range byEnd[lastRune(stem)] {
			if strings.HasSuffix(stem, w) {
				cut = len(w)
				break
			}
		}
		if cut == 0 {
			return false
		}
		stem = stem[:len(stem)-cut]
	}
	return true
}

func atLeastTwo(s string) bool {
	n := 0
	for range s {
		if n++; n == 2 {
			return true
		}
	}
	return false
}
