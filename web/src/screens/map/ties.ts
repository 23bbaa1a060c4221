import { codeOf, type Group, type Lane } from './layout';

/** Where something is drawn, in pixels from the upper left of the drawing. */
export interface Box { x: number; y: number; width: number; height: number }
export interface Tie { from: { code?: string | null }; to: { code?: string | null } }
export interface Bundle { from: string; to: string; ties: number }
/** One course behind the cells, and what of it shows before them, between a cell and the edge of its group. */
export interface Course { behind: string; before: string }

/** The key of the box of a group; that of a cell is the code of its link. */
export const groupKey = (code: string) => `g:${code}`;

/** The gutter between two lanes, where courses bend. */
const gutter = 26;
/** A course leaves a group at its head. */
const headMiddle = 22;

/** The group that each link is drawn in. */
export function groupsByLink(drawn: ReadonlyMap<Lane, readonly Group[]>): Map<string, string> {
  const found = new Map<string, string>();
  for (const group of [...drawn.values()].flat()) {
    for (const cell of [...group.cells, ...group.hidden]) found.set(codeOf(cell), group.code);
    if (!found.has(group.code)) found.set(group.code, group.code);
  }
  return found;
}

/** Which group feeds which: one for each pair, however many links of them are tied. */
export function bundlesOf(ties: readonly Tie[], groupOf: ReadonlyMap<string, string>): Bundle[] {
  const found = new Map<string, Bundle>();
  for (const tie of ties) {
    const from = groupOf.get(tie.from.code ?? '');
    const to = groupOf.get(tie.to.code ?? '');
    if (from === undefined || to === undefined || from === to) continue;
    const pair = `${from} ${to}`;
    const bundle = found.get(pair);
    if (bundle) bundle.ties++;
    else found.set(pair, { from, to, ties: 1 });
  }
  return [...found.values()];
}

/** The feeders by the group that each is drawn in, joined by blanks; groups without any are left out. */
export function feedsByGroup(feeders: ReadonlySet<string>, groupOf: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const feeder of feeders) {
    const group = groupOf.get(feeder) ?? feeder;
    const before = found.get(group);
    found.set(group, before === undefined ? feeder : `${before} ${feeder}`);
  }
  return found;
}

const right = (b: Box) => b.x + b.width;
const anchor = (b: Box) => b.y + Math.min(b.height / 2, headMiddle);
const round = (n: number) => Math.round(n * 10) / 10;

/** Which sides of two boxes a course joins: it leaves to the right unless what it leads to is on the left. */
function sides(from: Box, to: Box): [start: number, end: number, bend: number] {
  if (to.x >= right(from)) return [right(from), to.x, Math.max(right(from), to.x - gutter)];
  if (from.x >= right(to)) return [from.x, right(to), Math.min(from.x, right(to) + gutter)];
  return [right(from), right(to), right(from)];
}

/** The course from one box to another: level behind what is between, then bent in the gutter before its end. */
export function courseOf(from: Box, to: Box): string {
  const [start, end, bend] = sides(from, to);
  const [y, last] = [anchor(from), anchor(to)];
  const sameColumn = bend === start && to.x < right(from) && from.x < right(to);
  const control = sameColumn ? Math.max(start, end) + gutter - 4 : (bend + end) / 2;
  return `M${round(start)} ${round(y)}H${round(bend)}C${round(control)} ${round(y)} ${round(control)} ${round(last)} ${round(end)} ${round(last)}`;
}

/** The courses between the groups that are drawn. */
export function groupCourses(bundles: readonly Bundle[], boxes: ReadonlyMap<string, Box>): string[] {
  return bundles.flatMap((b) => {
    const from = boxes.get(groupKey(b.from));
    const to = boxes.get(groupKey(b.to));
    return from && to ? [courseOf(from, to)] : [];
  });
}

/** The courses from its feeders to a link; a link that is folded away is drawn at its group. */
export function feederCourses(code: string, feeders: ReadonlySet<string>, groupOf: ReadonlyMap<string, string>, boxes: ReadonlyMap<string, Box>): Course[] {
  const at = (link: string) => {
    const group = boxes.get(groupKey(groupOf.get(link) ?? link));
    const cell = boxes.get(link) ?? group;
    return cell && { cell, group: group ?? cell };
  };
  const to = at(code);
  if (!to) return [];
  const seen = new Set<Box>([to.cell, to.group]);
  const found: Course[] = [];
  for (const feeder of feeders) {
    const from = at(feeder);
    if (!from || seen.has(from.cell)) continue;
    seen.add(from.cell);
    const [start, end] = sides(from.cell, to.cell);
    const [leaves, arrives] = sides(from.group, to.group);
    found.push({
      behind: courseOf(from.cell, to.cell),
      before: `M${round(start)} ${round(anchor(from.cell))}H${round(leaves)}M${round(arrives)} ${round(anchor(to.cell))}H${round(end)}`,
    });
  }
  return found;
}
