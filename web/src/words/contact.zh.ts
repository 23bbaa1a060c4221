export default {
  show: '查看联系人（留痕）', why: '查看联系人的用途', purpose: '用途', note: '事由（选填）', reveal: '查看', cover: '立即遮住',
  recorded: '查看前即记入审计：何人、何时、为何用途、看了谁。', onRecord: '已记入审计，{{seconds}} 秒后自动遮住。', noPhone: '未登记电话',
  masked: {
    PURPOSE: '所选用途不包括部分信息', CONSENT_REFUSED: '本人不同意', CONSENT_WITHDRAWN: '本人已撤回同意', CONSENT_LAPSED: '同意已过期',
    CONSENT_NOT_ASKED: '尚未征询同意', CONSENT_UNKNOWN: '同意情况不明',
  },
};
