import type { ChainMapQuery, VerdictState } from '../../gql/graphql';

export type MapLink = NonNullable<ChainMapQuery['chainMap']>['links'][number];
export type Lane = 'UPSTREAM' | 'MIDSTREAM' | 'DOWNSTREAM' | 'NONE';

export const lanes: Lane[] = ['UPSTREAM', 'MIDSTREAM', 'DOWNSTREAM', 'NONE'];

/** A group of cells: a link of the first level, and the leaves below it. */
export interface Group { code: string; head: MapLink; cells: MapLink[]; hidden: MapLink[] }

export const codeOf = (link: MapLink) => link.verdict.link.code ?? '';

/** Whether a link is drawn only when asked for: nobody in the country is at it, or it is not judged. */
export const isHidden = (state: VerdictState) => state === 'EMPTY' || state === 'NOT_JUDGED';

/** The lanes of a chain with their groups in the order of the answer, empty lanes left out. */
export function layOut(links: readonly MapLink[]): Map<Lane, Group[]> {
  const byCode = new Map(links.map((l) => [codeOf(l), l]));
  const groups = new Map<string, Group>();
  for (const link of links) {
    if (link.parent == null || !byCode.has(link.parent.code ?? '')) {
      groups.set(codeOf(link), { code: codeOf(link), head: link, cells: [], hidden: [] });
    }
  }
  for (const link of links) {
    if (!link.leaf) continue;
    const group = groups.get(topOf(link, byCode));
    if (!group) continue;
    (isHidden(link.verdict.state) ? group.hidden : group.cells).push(link);
  }
  const out = new Map<Lane, Group[]>(lanes.map((l) => [l, []]));
  for (const group of groups.values()) out.get(laneOf(group))!.push(group);
  for (const lane of lanes) if (out.get(lane)!.length === 0) out.delete(lane);
  return out;
}

/** The link of the first level above a link. A tree has no circle, but an answer is not trusted to be one. */
function topOf(link: MapLink, byCode: Map<string, MapLink>): string {
  let at = link;
  for (let steps = 0; steps < byCode.size; steps++) {
    const above = byCode.get(at.parent?.code ?? '');
    if (!above) break;
    at = above;
  }
  return codeOf(at);
}

/** The lane of a group: where its head is, else where its first cell with a position is. */
function laneOf(group: Group): Lane {
  const placed = [group.head, ...group.cells, ...group.hidden].find((l) => l.verdict.link.position != null);
  return (placed?.verdict.link.position as Lane | undefined) ?? 'NONE';
}

/** The links that feed a link or anything below or above it that a cell stands for. */
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

/** The code that follows or precedes a code in the order of the page, the same at the ends. */
export function neighbour(order: readonly string[], code: string, step: 1 | -1): string {
  const at = order.indexOf(code);
  return order[Math.min(order.length - 1, Math.max(0, at + step))] ?? code;
}
