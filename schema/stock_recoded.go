package schema

// recoded are the codes of shares of the mainland that were replaced while the company
// stayed listed, the former first, by the announcements of the companies at
// Shenzhen's and Shanghai's exchanges: 深赤湾 (A and B shares) became 招商港口, 中航地产
// 招商积余, 江南嘉捷 三六零, the old 上海医药 the new one, 中航电测 中航成飞.
var recoded = map[string]string{
	"000022.SZ": "001872.SZ", "200022.SZ": "201872.SZ", "000043.SZ": "001914.SZ",
	"601313.SH": "601360.SH", "600849.SH": "601607.SH", "300114.SZ": "302132.SZ",
}

// Recoded returns the stock code that replaced another one, "" for a code that was not
// replaced. Both are in the form of [ParseStockCode].
func Recoded(code string) string { return recoded[code] }
