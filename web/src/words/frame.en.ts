export default {
  name: 'Liantu', title: 'Liantu: {{screen}}', listSeparator: ', ', unknown: 'not known', none: '–',
  skip: 'Skip to content', main: 'Content',
  screen: { overview: 'Overview', map: 'Map', battle: 'Battle map', data: 'Data' },
  region: 'Region', pickRegion: 'Choose a region by name, code or pinyin', noRegion: 'No region has this name',
  search: 'Find links, companies and chains, by pinyin initials too', searchName: 'Search', noHit: 'Nothing found',
  copyLink: 'Copy link', copied: 'Copied', copyFailed: 'The browser does not permit copying; copy from the address bar', language: '中文', languageName: 'Switch to Chinese',
  help: 'Keys', signOut: 'Sign out',
  population: 'Population', against: 'Against', asOf: 'As of', known: 'Known',
  wholeCountry: 'the same population of the whole country', knownText: '{{companies}} companies, {{attributed}} of them placed ({{share}})',
  noPopulation: 'No comparable population', noDate: 'the data have no date',
  sample: 'Sample data', version: 'Version {{version}}', temporary: 'Demo: data are in memory only and end with the program',
  staleData: 'Data are {{years}} years old', unknownKeys: 'The address has parameters without a meaning; they are ignored: {{keys}}',
  stale: 'The newest data cannot be read now. This is version {{version}} ({{day}}); reading goes on, changes do not.',
  offline: 'The service cannot be reached. This is what it showed last; next try in {{seconds}} s.', retryNow: 'Try now',
  state: { ABSENT: 'Absent', WEAK: 'Weak', PRESENT: 'Present', ADEQUATE: 'On par', STRONG: 'Strong', UNKNOWN: 'Unknown', EMPTY: 'Unknown: no firm nationwide', NOT_JUDGED: 'Not judged' },
  stateMeaning: {
    ABSENT: 'nobody is known here, and nobody of a population that is complete here', WEAK: 'fewer than the national pattern suggests', PRESENT: 'somebody is here; too few to say how strong',
    ADEQUATE: 'about as many as expected, or neither weak nor strong can be shown', STRONG: 'more than expected, not resting on one company, with a leader', UNKNOWN: 'nobody is known here, and nothing follows from it',
    EMPTY: 'nobody is known in the whole country', NOT_JUDGED: 'the link holds customers, an activity or a heading',
  },
  action: { BUILD: 'Build', FILL: 'Fill', STRENGTHEN: 'Strengthen', EXTEND: 'Extend', CHECK: 'Survey', WAIT: 'In hand', WATCH: 'Watch', KEEP: 'Keep' },
  actionMeaning: {
    BUILD: 'a core link is absent and its chain is not established here', FILL: 'absent with a reason to fill it: local companies downstream need it, or its chain is established', STRENGTHEN: 'weak, or declared prominent and only on par',
    EXTEND: 'absent, with a strong link upstream', CHECK: 'unknown, with a reason to fill it: find out first', WAIT: 'a signed project will fill it', WATCH: 'no work now', KEEP: 'a strength to keep',
  },
  waiting: { now: 'Loading', long: 'This takes a while. Other screens can be read meanwhile.' },
  failure: {
    offline: 'The service cannot be reached. Check the network, and whether the service runs.', busy: 'The service is busy. Try again in a moment.', forbidden: 'Your role has no right to this: {{why}}',
    quote: 'When you report it, quote ', again: 'Try again',
  },
  key: {
    title: 'Keys', search: 'search', screens: 'screens (g, then 1–4)', region: 'choose a region', close: 'close', print: 'print', help: 'this list',
  },
  signin: {
    title: 'Sign in to Liantu', key: 'Key', keyHelp: 'Issued by an administrator with “liantu keys”. It opens a session and is not stored in the browser.', submit: 'Sign in', wrong: 'The key is wrong or was revoked.',
    limited: 'Too many tries. Try again in {{seconds}} s.', full: 'Too many sessions are open. Try again later.', offline: 'The service cannot be reached.', over: 'The session is over. Sign in to return to the page.',
  },
};
