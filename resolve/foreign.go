package resolve

import (
	"strings"

	"liantu/schema"
)

// foreign parses a folded name in Latin letters into the parts that a Chinese
// name has: Borea (Beijing) Trading Co., Ltd. is the 字号 borea in 110000, of the
// trade trading, with the form ltd.
func (n *Name) foreign(plain string) {
	n.Latin = true
	n.Foreign = withoutPlaces(foreignCore(plain))
	list := foreignWords(plain)
	list = n.foreignEnd(list)
	for len(list) > 1 && foreignPlaces[list[0]] != "" {
		n.foreignPlace(foreignPlaces[list[0]])
		list = list[1:]
	}
	end := len(list)
	for end > 1 && (foreignTrades[list[end-1]] || list[end-1] == "group") {
		end--
	}
	var trade []string
	for _, w := range list[end:] {
		if w == "group" {
			n.Group = true
		} else {
			trade = append(trade, w)
		}
	}
	n.Core, n.Trade = strings.Join(list[:end], " "), strings.Join(trade, " ")
	n.CorePlace = true
	for _, w := range list[:end] {
		n.CorePlace = n.CorePlace && (foreignTrades[w] || foreignPlaces[w] != "" || foreignForms[w] != "")
	}
}

// foreignEnd takes legal forms, and places such as in Siemens Ltd., China, off
// the end of the words of a name, and stores what they state.
func (n *Name) foreignEnd(list []string) []string {
	var form Form
	for len(list) > 1 {
		last := list[len(list)-1]
		class, isForm := foreignForms[last]
		switch {
		case isForm:
			n.Full = true
			switch {
			case form == "" || form == FormCompany || nationalForms[class]:
				form = class
			case class == "corp" && form == "ltd":
				form = "corp ltd" // often written without Limited
			case class == "gmbh" && form == "kg", class == "ag" && form == "kg":
				form = class + " & co kg"
			}
		case foreignPlaces[last] != "" && list[len(list)-2] != "of":
			n.foreignPlace(foreignPlaces[last])
		default:
			n.Form = form
			return list
		}
		list = list[:len(list)-1]
	}
	n.Form = form
	return list
}

// foreignPlace stores the place of a name; of several the narrowest wins.
func (n *Name) foreignPlace(code string) {
	if n.Place == "" || n.Place == schema.Country || relate(n.Place, code) == partial && rank(code) > rank(n.Place) {
		n.Place = code
	}
}

// foreignWords splits a folded name into words. Letters with points between
// them are one word, as in S.p.A. and A.O. Smith; and and & are dropped, and the
// article before a name.
func foreignWords(plain string) []string {
	plain = twoWords.Replace(strings.Map(func(r rune) rune {
		if strings.ContainsRune("()&+*", r) {
			return ' '
		}
		return r
	}, plain))
	var list []string
	letters := false
	for _, w := range strings.Fields(plain) {
		single := len(w) == 1 && w[0] >= 'a' && w[0] <= 'z'
		switch {
		case w == "and":
			letters = false
			continue
		case single && letters:
			list[len(list)-1] += w
			continue
		}
		list = append(list, w)
		letters = single
	}
	if len(list) > 1 && list[0] == "the" {
		list = list[1:]
	}
	if len(list) == 0 {
		return []string{plain} // the name is And
	}
	return list
}

// twoWords joins the names of places and forms that have two words.
var twoWords = strings.NewReplacer("hong kong", "hongkong", "inner mongolia", "innermongolia", "south korea", "korea", "new zealand", "newzealand",
	"united states", "usa", "united kingdom", "uk", "great britain", "uk", "south africa", "southafrica", "north america", "northamerica", "asia pacific", "asiapacific",
	"kabushiki kaisha", "kk", "private limited", "pvt")

// foreignForms maps the words of legal forms to their classes, two names of
// different classes being two companies. Words that say no more than company are
// FormCompany.
var foreignForms = func() map[string]Form {
	m := map[string]Form{"limited": "ltd", "incorporated": "inc", "corporation": "corp", "aktiengesellschaft": "ag", "oyj": "oy", "kabushikikaisha": "kk"}
	for w := range words("co company") {
		m[w] = FormCompany
	}
	for w := range words("ltd inc corp gmbh ag plc llc llp lp sa se nv bv spa kk ab oy as asa kgaa kg ohg srl sarl sas sl sro kft doo ooo jsc pjsc tbk sdn bhd pty pte pvt ltda") {
		m[w] = Form(w)
	}
	return m
}()

// nationalForms stand before ltd or bhd and decide the class: pte is of
// Singapore, pty of Australia, sdn of Malaysia.
var nationalForms = map[Form]bool{"pte": true, "pty": true, "pvt": true, "sdn": true}

// foreignTrades are the words for a trade at the end of a foreign name. Holding
// is one of them, as 控股 is.
var foreignTrades = words(`holding holdings international enterprise enterprises technology technologies tech industry industries industrial
electronics electronic electric electrical trading trade pharma pharmaceutical pharmaceuticals biopharma chemical chemicals semiconductor semiconductors
equipment equipments materials material metal metals machinery motor motors auto automobile automotive truck trucks logistics service services solutions systems
system software energy power bank insurance securities capital investment investments finance financial foods food beverage textile textiles medical
healthcare health biotech biotechnology bioscience biosciences biotherapeutics construction engineering steel cement petrochemical petroleum oil gas
communications communication telecom telecommunications network networks paint paints retail media entertainment optics optical optoelectronics
instrument instruments tools tool plastics packaging paper glass ceramics aerospace aviation airlines marine shipping mining manufacturing products
laboratories labs laboratory research design consulting management development information digital robotics robot automation environmental environment
property properties estate hotel hotels education culture fashion apparel furniture home appliances display photonics laser battery batteries solar wind`)

// foreignGeneric are words at the end of a foreign name in brackets that
// identify a company as little as its form.
var foreignGeneric = words("group holding holdings technology technologies tech industry industries international enterprise enterprises")

// foreignPlaces are provinces, big cities and countries as foreign names spell
// them. A country but China has its two letters of ISO 3166-1 as code, a wider
// area two other letters.
var foreignPlaces = func() map[string]string {
	m := map[string]string{}
	list := strings.Fields(`china 100000 chinese 100000 prc 100000 beijing 110000 shanghai 310000 tianjin 120000 chongqing 500000 hongkong 810000 hk 810000 macau 820000 macao 820000 taiwan 710000
zhejiang 330000 jiangsu 320000 guangdong 440000 shandong 370000 fujian 350000 anhui 340000 hubei 420000 hunan 430000 henan 410000 hebei 130000
sichuan 510000 jiangxi 360000 liaoning 210000 jilin 220000 heilongjiang 230000 shanxi 140000 shaanxi 610000 gansu 620000 qinghai 630000 hainan 460000
yunnan 530000 guizhou 520000 guangxi 450000 xinjiang 650000 ningxia 640000 tibet 540000 innermongolia 150000
hangzhou 330100 ningbo 330200 wenzhou 330300 jiaxing 330400 huzhou 330500 shaoxing 330600 jinhua 330700 taizhou 331000 suzhou 320500 wuxi 320200 nanjing 320100
changzhou 320400 nantong 320600 shenzhen 440300 guangzhou 440100 dongguan 441900 foshan 440600 zhuhai 440400 zhongshan 442000 huizhou 441300 chaozhou 445100
shantou 440500 wuhan 420100 changsha 430100 zhuzhou 430200 chengdu 510100 mianyang 510700 xian 610100 qingdao 370200 jinan 370100 yantai 370600 weifang 370700
dalian 210200 shenyang 210100 xiamen 350200 fuzhou 350100 hefei 340100 wuhu 340200 kunming 530100 luoyang 410300 zhengzhou 410100 harbin 230100 changchun 220100 taiyuan 140100
germany DE deutschland DE austria AT switzerland CH schweiz CH france FR italy IT italia IT spain ES espana ES portugal PT netherlands NL nederland NL belgium BE
denmark DK sweden SE norway NO finland FI poland PL polska PL czech CZ hungary HU russia RU turkey TR ireland IE uk GB britain GB usa US america US canada CA mexico MX
brazil BR brasil BR japan JP korea KR india IN singapore SG malaysia MY thailand TH vietnam VN indonesia ID philippines PH australia AU newzealand NZ southafrica ZA israel IL
europe EZ asia XA asiapacific XP northamerica XN`)
	for i := 0; i+1 < len(list); i += 2 {
		m[list[i]] = list[i+1]
	}
	return m
}()

// withoutPlaces takes places off the beginning of a foreign name, never all.
func withoutPlaces(name string) string {
	for {
		first, rest, ok := strings.Cut(name, " ")
		if !ok || foreignPlaces[first] == "" {
			return name
		}
		name = rest
	}
}

// foreignCore returns what is left of a folded foreign name when forms and
// generic words are taken off its end, never nothing.
func foreignCore(name string) string {
	list := foreignWords(name)
	for len(list) > 1 && foreignForms[list[len(list)-1]] != "" {
		list = list[:len(list)-1]
	}
	for len(list) > 1 && (foreignGeneric[list[len(list)-1]] || foreignForms[list[len(list)-1]] != "") {
		list = list[:len(list)-1]
	}
	return strings.Join(list, " ")
}

// words returns the set of the words of a list.
func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}
