export default {
  title: '{{region}}: battle map', count: '{{count}} leaf links', filter: 'Filter by action', ecosystem: 'Ecosystem', allEcosystems: 'All ecosystems', sort: 'Order',
  orders: { PRIORITY: 'by priority', SEVERITY: 'by severity', EXPECTED: 'by expected firms', COMPANIES: 'by firms here', CONFIDENCE: 'by confidence' },
  nothing: 'No link matches.', clear: 'Clear filters', previous: 'Previous', next: 'Next',
  link: 'Link · chain · why', verdict: 'Verdict', action: 'Action', companies: 'Firms / expected', sure: 'Sure', feasibility: 'Feasibility', feasibilityMeans: 'The share of the links of its level that are less related to what the region does',
  priority: 'Priority', role: 'Planned', owner: 'Owner', due: 'Due',
  papers: 'Papers of the meeting', sameQuestion: 'from the same question', documentHolds: 'A Word document of two to four pages: what is missing, why, whom to approach, who opens the door, what is not known.', workbookHolds: 'A workbook of five sheets, ready to print: battle map, targets, introductions, comparison, how to read it.', make: 'Make the meeting papers', made: 'Both papers made and downloaded in {{seconds}} s; press a name to save it again.',
};
