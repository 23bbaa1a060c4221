/** The days of the months of a year. */
const daysOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A day, month or year as the service reads it, of what people type: 2024-6-1, 2024/06, 2024年6月1日; undefined for all else. */
export function readDay(text: string): string | undefined {
  const parts = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?[年月]?$/.exec(text.trim());
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map((p) => (p === undefined ? undefined : Number(p)));
  if (year! < 1900 || month === 0 || day === 0) return undefined;
  if (month === undefined) return String(year);
  if (month > 12 || (day !== undefined && day > daysOf(year!, month))) return undefined;
  const two = (n: number) => String(n).padStart(2, '0');
  return [year, two(month), ...(day === undefined ? [] : [two(day)])].join('-');
}

/** Whether a text is a day, month or year as the service reads it. */
export const isDay = (text: string) => readDay(text) === text;

/** The ends of the last month, the last quarter and the four years before today, the newest first; each once. */
export function recentEnds(today: string): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const endOf = (y: number, m: number) => `${y}-${String(m).padStart(2, '0')}-${daysOf(y, m)}`;
  const quarter = month - 1 - ((month - 1) % 3);
  const ends = [
    month > 1 ? endOf(year, month - 1) : endOf(year - 1, 12), quarter > 0 ? endOf(year, quarter) : endOf(year - 1, 12),
    ...[1, 2, 3, 4].map((n) => endOf(year - n, 12)),
  ];
  return [...new Set(ends)].sort().reverse();
}
