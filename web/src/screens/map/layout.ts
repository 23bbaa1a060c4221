import type { ChainMapQuery, VerdictState } from '../../gql/graphql';

export type MapLink = NonNullable<ChainMapQuery['chainMap']>['links'][number];
export type Lane = 'UPSTREAM' | 'MIDSTREAM' | 'DOWNSTREAM' | 'NONE';

export const lanes: Lane[] = ['UPSTREAM', 'MIDSTREAM', 'DOWNSTREAM', 'NONE'];

/** A group of cells: a link with parts, and the leaves that are its parts; itself first where it counts as a leaf. */
export interface Group { code: string; head: MapLink; cells: MapLink[]; hidden: MapLink[] }

export const codeOf = (link: MapLink) => link.verdict.link.code ?? '';

/** Whether a link is drawn only when asked for: nobody in the country is at it, or it is not judged. */
export const isHidden = (state: VerdictState) => state === 'EMPTY' || state === 'NOT_JUDGED';

/** The lanes of a chain with their groups in the order of the answer, empty lanes left out. */
export function layOut(links: readonly MapLink[]): Map<Lane, Group[]> {
  const byCode = new Map(links.map((l) => [codeOf(l), l]));
  const wholes = new Set(links.map((l) => l.parent?.code).filter(Boolean));
  const groups = new Map<string, Group>();
  for (const link of links) {
    if (!link.leaf) continue;
    const above = byCode.get(link.parent?.code ?? '');
    const head = wholes.has(codeOf(link)) ? link : (above ?? link);
    let group = groups.get(codeOf(head));
    if (!group) groups.set(codeOf(head), (group = { code: codeOf(head), head, cells: [], hidden: [] }));
    (isHidden(link.verdict.state) ? group.hidden : group.cells).push(link);
  }
  const out = new Map<Lane, Group[]>(lanes.map((l) => [l, []]));
  for (const group of groups.values()) out.get(laneOf(group, byCode))!.push(group);
  for (const lane of lanes) if (out.get(lane)!.length === 0) out.delete(lane);
  return out;
}

/** The lane of a group: where its head is, else where its first cell with a position is, else where what it is part of is. */
function laneOf(group: Group, byCode: Map<string, MapLink>): Lane {
  const above: MapLink[] = [];
  // A tree has no circle, but an answer is not trusted to be one.
  for (let at = byCode.get(group.head.parent?.code ?? ''); at && above.length < byCode.size; at = byCode.get(at.parent?.code ?? '')) above.push(at);
  const placed = [group.head, ...group.cells, ...group.hidden, ...above].find((l) => l.verdict.link.position != null);
  return (placed?.verdict.link.position as Lane | undefined) ?? 'NONE';
}

/** The links that feed a link. */
export function feedersOf(code: string, ties: readonly { from: { code?: string | null }; to: { code?: string | null } }[]): Set<string> {
  const feeders = new Set<string>();
  for (const tie of ties) if (tie.to.code === code && tie.from.code) feeders.add(tie.from.code);
  return feeders;
}

/** Counts by state of the links of a group that are drawn. */
export function countsOfGroup(group: Group): Map<VerdictState, number> {
  const counts = new Map<VerdictState, number>();
  for (const cell of group.cells) counts.set(cell.verdict.state, (counts.get(cell.verdict.state) ?? 0) + 1);
  return counts;
}

/** Counts by state of the leaves of a chain, those that are not drawn too. */
export function countsOfLeaves(links: readonly MapLink[]): Map<VerdictState, number> {
  const counts = new Map<VerdictState, number>();
  for (const l of links) if (l.leaf) counts.set(l.verdict.state, (counts.get(l.verdict.state) ?? 0) + 1);
  return counts;
}

/** The code that follows or precedes a code in the order of the page, the same at the ends. */
export function neighbour(order: readonly string[], code: string, step: 1 | -1): string {
  const at = order.indexOf(code);
  return order[Math.min(order.length - 1, Math.max(0, at + step))] ?? code;
}

/** What of a chain is shown: also links that are hidden at first, without what is folded, only some states; none chosen are all. */
export interface Shown { all: boolean; folds: ReadonlySet<string>; states: ReadonlySet<string> }

/** The cells of a group that are shown while it is not folded. */
export function cellsOf(group: Group, { all, states }: Shown): MapLink[] {
  return (all ? [...group.cells, ...group.hidden] : group.cells).filter((c) => states.size === 0 || states.has(c.verdict.state));
}

/** The groups of a lane that are drawn. */
export function drawnGroups(groups: readonly Group[], { all }: Shown): Group[] {
  return groups.filter((g) => all || g.cells.length > 0);
}

/** The lanes in the order of their most urgent cells that are shown; as the chain runs where none is known to be. */
export function lanesByUrgency(drawn: ReadonlyMap<Lane, readonly Group[]>, shown: Shown): Lane[] {
  const urgency = (groups: readonly Group[]) => Math.max(-1, ...drawnGroups(groups, shown).flatMap((g) => cellsOf(g, shown).map((c) => c.verdict.priority ?? -1)));
  const found = [...drawn].map(([lane, groups]) => ({ lane, urgency: urgency(groups) }));
  return found.sort((a, b) => b.urgency - a.urgency).map((f) => f.lane);
}

/** The lane that a link is drawn in. */
export function laneWith(drawn: ReadonlyMap<Lane, readonly Group[]>, code: string): Lane | undefined {
  return [...drawn].find(([, groups]) => groups.some((g) => g.code === code || [...g.cells, ...g.hidden].some((c) => codeOf(c) === code)))?.[0];
}

/** The codes of the cells that are drawn, in the order of the page: what is folded or filtered out is left out. */
export function drawnOrder(drawn: ReadonlyMap<Lane, readonly Group[]>, shown: Shown): string[] {
  return [...drawn.values()].flat().flatMap((g) => (shown.folds.has(g.code) && !isAlone(g) ? [] : cellsOf(g, shown).map(codeOf)));
}

/** Whether a group is one link that has no parts. */
export function isAlone(group: Group): boolean {
  return group.cells.length + group.hidden.length === 1 && (group.cells[0] ?? group.hidden[0]) === group.head;
}

interface ChainCounts { scope: { code?: string | null }; states: readonly { state: VerdictState; count: number }[] }

/** The chain with the most links in the states, those that are absent without any; the first of equals. */
export function pickChain(chains: readonly ChainCounts[], states: ReadonlySet<string>): string | undefined {
  const wanted = states.size > 0 ? states : new Set(['ABSENT']);
  let best: string | undefined;
  let most = -1;
  for (const { scope, states: counts } of chains) {
    const count = counts.reduce((n, s) => (wanted.has(s.state) ? n + s.count : n), 0);
    if (scope.code && count > most) [best, most] = [scope.code, count];
  }
  return best;
}
