export default {
  name: '链图', title: '链图：{{screen}}', listSeparator: '，', unknown: '未知', none: '–',
  skip: '跳到正文', main: '正文',
  screen: { overview: '总览', map: '图谱', battle: '作战图', data: '数据' },
  region: '地区', pickRegion: '选择地区：名称、代码或拼音', noRegion: '没有叫这个名字的地区',
  search: '搜环节、企业、产业链，可用拼音首字母', searchName: '搜索', noHit: '没有找到',
  copyLink: '复制链接', copied: '已复制', copyFailed: '浏览器不许复制，请从地址栏复制', language: 'English', languageName: '切换为英文',
  help: '快捷键', signOut: '退出',
  population: '口径', against: '对照', asOf: '截至', known: '掌握',
  wholeCountry: '全国同口径', knownText: '{{companies}} 家，已归环节 {{attributed}} 家（{{share}}）',
  noPopulation: '没有可比口径', noDate: '资料未注日期',
  sample: '示例数据', version: '第 {{version}} 版', temporary: '演示：数据只在内存中，关闭程序即清除',
  staleData: '资料已 {{years}} 年', unknownKeys: '地址中有看不懂的参数，已忽略：{{keys}}',
  stale: '暂时读不到最新数据，所示为第 {{version}} 版（{{day}}），可继续查看，不能修改。',
  offline: '连不上服务，所示为断开前的内容；{{seconds}} 秒后重试。', retryNow: '马上重试',
  state: { ABSENT: '缺失', WEAK: '薄弱', PRESENT: '有·未评', ADEQUATE: '相当', STRONG: '优势', UNKNOWN: '不明', EMPTY: '不明·全国无企业', NOT_JUDGED: '不评' },
  stateMeaning: {
    ABSENT: '本地没有已知企业，本地收录完整的口径中也没有', WEAK: '比按全国结构应有的少', PRESENT: '本地有企业，但样本不足以评强弱',
    ADEQUATE: '与应有的大致相当，或强弱都不能证明', STRONG: '多于应有，不靠一家企业，且有龙头', UNKNOWN: '没有已知企业，也不能据此说缺失',
    EMPTY: '全国都没有已知企业', NOT_JUDGED: '此环节承载客户、活动或标题，不评',
  },
  action: { BUILD: '建链', FILL: '补链', STRENGTHEN: '强链', EXTEND: '延链', CHECK: '摸底', WAIT: '在途', WATCH: '观察', KEEP: '稳链' },
  actionMeaning: {
    BUILD: '核心环节缺失，且产业链在本地尚未成形', FILL: '环节缺失，有补的理由，本地下游需要或产业链已成形', STRENGTHEN: '环节薄弱，或为规划突出环节而仅为相当',
    EXTEND: '环节缺失，上游强，可顺势延伸', CHECK: '状态不明而有补的理由，先摸清情况', WAIT: '已签约项目将补上，先盯住项目', WATCH: '暂不行动，留意变化', KEEP: '稳住现有优势',
  },
  waiting: { now: '正在加载', long: '计算量较大，请稍候；可以先看别的屏。' },
  failure: {
    offline: '连不上服务。请检查网络或服务是否在运行。', busy: '服务正忙，请稍后再试。', forbidden: '您的角色无权查看此内容：{{why}}',
    quote: '报修时请附：', again: '重试',
  },
  key: {
    title: '快捷键', search: '搜索', screens: '换屏（g 再按 1–4）', region: '选地区', close: '关闭', print: '打印', help: '本页',
  },
  signin: {
    title: '登录链图', key: '密钥', keyHelp: '由管理员用 liantu keys 签发；只保存在本次会话，不写入浏览器。', submit: '登录', wrong: '密钥不对，或已被撤销。',
    limited: '尝试次数过多，请 {{seconds}} 秒后再试。', full: '会话已满，请稍后再试。', offline: '连不上服务。', over: '会话已结束，请重新登录，随后回到原页面。',
  },
};
