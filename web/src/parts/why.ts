interface Reason { code: string; points: number; text: { zh: string; en: string } }

/** Reasons that say again what the columns of counts say. */
const counted = ['NONE_FOUND', 'BELOW_EXPECTED', 'AS_EXPECTED', 'ABOVE_EXPECTED'];

/**
 * The reasons that weigh most, beside the counts: as many as a row has room for. That planners
 * declared no role is none.
 */
export function whyOf<R extends Reason>(reasons: readonly R[], declared: boolean, most = 2): R[] {
  const weigh = reasons.filter((r) => r.points > 0 && !counted.includes(r.code) && (declared || r.code !== 'DECLARED_ROLE'));
  return weigh.sort((a, b) => b.points - a.points).slice(0, most);
}
