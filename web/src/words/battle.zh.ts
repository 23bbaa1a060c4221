export default {
  title: '{{region}}作战图', count: '{{count}} 个末级环节', filter: '按行动筛选', ecosystem: '生态圈', allEcosystems: '全部生态圈', sort: '排序',
  orders: { PRIORITY: '按优先', SEVERITY: '按缺口程度', EXPECTED: '按应有家数', COMPANIES: '按本地企业', CONFIDENCE: '按把握' },
  nothing: '这些条件下没有环节。', clear: '清除筛选', previous: '上一页', next: '下一页',
  link: '环节 · 产业链 · 为什么', verdict: '结论', action: '行动', companies: '企业 / 应有', sure: '把握', feasibility: '可行性', feasibilityMeans: '与本地产业的关联度高于多少同级环节',
  priority: '优先', role: '规划', owner: '责任', due: '期限',
  papers: '会商材料', sameQuestion: '与本页同一查询', documentHolds: 'Word 文档两至四页：缺什么、为什么、找谁、谁能引见、还不知道什么。', workbookHolds: '工作簿五张表：作战图、招商目标清单、引荐路径、对比、口径说明，可直接打印。', make: '生成会商材料', made: '两份材料已生成并下载，用时 {{seconds}} 秒；未收到的可点名称再存。',
};
