import type { VerdictState } from '../../gql/graphql';

/** What of a verdict the quadrant needs. */
export interface Drawable {
  state: VerdictState;
  priority?: number | null;
  link: { code?: string | null };
  numbers: { severity?: number | null; densityRank?: number | null };
}

/** A row as a point: from 0 to 100 to the right by feasibility, upwards by need. */
export interface Point { code: string; state: VerdictState; feasibility: number; need: number; priority: number }

/** A part of the quadrant, in the units of its axes. */
export interface Box { left: number; low: number; right: number; high: number }

/** The four parts, by the words that name them. */
export const corners = {
  first: { left: 50, low: 50, right: 100, high: 100 },
  grow: { left: 0, low: 50, right: 50, high: 100 },
  easy: { left: 50, low: 0, right: 100, high: 50 },
  watch: { left: 0, low: 0, right: 50, high: 50 },
} satisfies Record<string, Box>;
export type Corner = keyof typeof corners;

export const ticks = [0, 25, 50, 75, 100];

/**
 * Where each value stands among all, from 0 for the lowest to 100 for the highest; equal
 * values share the middle of their places. A value alone stands in the middle.
 */
export function percentiles(values: readonly number[]): number[] {
  if (values.length < 2) return values.map(() => 50);
  const sorted = [...values].sort((a, b) => a - b);
  const first = new Map<number, number>(), last = new Map<number, number>();
  sorted.forEach((v, i) => {
    if (!first.has(v)) first.set(v, i);
    last.set(v, i);
  });
  return values.map((v) => ((first.get(v)! + last.get(v)!) / 2 / (values.length - 1)) * 100);
}

/** The rows as points; those of which need or relatedness is not known have no place. */
export function pointsOf(rows: readonly Drawable[]): Point[] {
  const known = rows.filter((r) => r.link.code && r.numbers.severity != null && r.numbers.densityRank != null);
  const places = percentiles(known.map((r) => r.numbers.densityRank!));
  return known.map((r, i) => ({
    code: r.link.code!, state: r.state, feasibility: places[i]!, need: Math.min(100, Math.max(0, r.numbers.severity! * 100)), priority: r.priority ?? 0,
  }));
}

/** The codes of the points that carry their names: the most urgent ones. */
export function labelled(points: readonly Point[], most = 10): Set<string> {
  return new Set([...points].sort((a, b) => b.priority - a.priority).slice(0, most).map((p) => p.code));
}

/** Whether a point lies in a box; its upper edges belong to the next one, but at 100 to it. */
export function within(point: Point, box: Box): boolean {
  const holds = (value: number, from: number, to: number) => value >= from && (value < to || to >= 100);
  return holds(point.feasibility, box.left, box.right) && holds(point.need, box.low, box.high);
}

/** The box between two corners of a drawn rectangle, in whole units and within the axes. */
export function boxBetween(a: readonly [number, number], b: readonly [number, number]): Box {
  const whole = (n: number) => Math.min(100, Math.max(0, Math.round(n)));
  return {
    left: whole(Math.min(a[0], b[0])), low: whole(Math.min(a[1], b[1])),
    right: whole(Math.max(a[0], b[0])), high: whole(Math.max(a[1], b[1])),
  };
}

/** A box in an address: left, low, right, high. */
export const writeBox = (box: Box) => [box.left, box.low, box.right, box.high].join(',');

/** The box of an address; undefined where the text is none. */
export function readBox(text: string | undefined): Box | undefined {
  const numbers = (text ?? '').split(',').map((n) => (/^\d{1,3}$/.test(n) ? Number(n) : NaN));
  const [left, low, right, high] = numbers as [number, number, number, number];
  if (numbers.length !== 4 || !(left < right && low < high && right <= 100 && high <= 100)) return undefined;
  return { left, low, right, high };
}

/** The part that a box is, if it is one of the four. */
export function cornerOf(box: Box | undefined): Corner | undefined {
  return (Object.keys(corners) as Corner[]).find((c) => box !== undefined && writeBox(corners[c]) === writeBox(box));
}
