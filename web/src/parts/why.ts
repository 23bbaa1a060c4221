interface Reason { code: string; points: number; text: { zh: string; en: string } }

/** Reasons that say again what the columns of counts say. */
const counted = ['NONE_FOUND', 'BELOW_EXPECTED', 'AS_EXPECTED', 'ABOVE_EXPECTED'];

/** The reasons that weigh most, beside the counts: as many as a row has room for. */
export function whyOf<R extends Reason>(reasons: readonly R[], most = 2): R[] {
  return reasons.filter((r) => !counted.includes(r.code) && r.points > 0).sort((a, b) => b.points - a.points).slice(0, most);
}
