export default {
  title: '{{region}}: battle map', count: '{{count}} leaf links', filter: 'Filter by action', ecosystem: 'Ecosystem', allEcosystems: 'All ecosystems', sort: 'Order',
  orders: { PRIORITY: 'by priority', SEVERITY: 'by severity', EXPECTED: 'by expected firms', COMPANIES: 'by firms here', CONFIDENCE: 'by confidence' },
  nothing: 'No link matches.', clear: 'Clear filters', previous: 'Previous', next: 'Next',
  link: 'Link · chain · why', verdict: 'Verdict', action: 'Action', companies: 'Firms / expected', sure: 'Sure', feasibility: 'Feasibility', feasibilityMeans: 'The share of the links of its level that are less related to what the region does',
  priority: 'Priority', role: 'Planned', owner: 'Owner', due: 'Due',
  papers: 'Papers of the meeting', sameQuestion: 'from the same question', paperHolds: 'A workbook: the list of links with verdicts, reasons, population and day, ready to print.', make: 'Make the list of links', made: '{{name}} made in {{seconds}} s.',
};
