import { cellsOf, codeOf, drawnGroups, isAlone, type Group, type Lane, type MapLink, type Shown } from './layout';
import { groupKey, type Box } from './ties';

/** A group with the cells that are shown of it, and where they are; folded it has none. */
export interface PlacedGroup { group: Group; box: Box; alone: boolean; folded: boolean; cells: { link: MapLink; box: Box }[] }
export interface PlacedLane { lane: Lane; x: number; y: number; width: number; cells: number; groups: PlacedGroup[] }
export interface Placed { lanes: PlacedLane[]; boxes: Map<string, Box>; width: number; height: number }

const column = 216;
const gutter = 26;
const gap = 10;
const padding = 6;
const cellGap = 4;
/** Heights of parts; what is in them is drawn by their upper edge. */
export const heights = { lane: 34, head: 26, icons: 22, cell: 46, rest: 18 };

/** Places lanes, groups and cells as the screen shows them, from an upper left corner of 0 and `top`. */
export function place(drawn: ReadonlyMap<Lane, readonly Group[]>, shown: Shown, top: number): Placed {
  const boxes = new Map<string, Box>();
  const lanes: PlacedLane[] = [];
  let x = 0;
  let bottom = top + heights.lane;
  for (const [lane, groups] of drawn) {
    const columns = groups.length > 3 ? 2 : 1;
    const ends = Array.from({ length: columns }, () => top + heights.lane);
    const placed = drawnGroups(groups, shown).map((group, i) => {
      // In turn, as on the screen, so that two regions have a group at the same side.
      const at = i % columns;
      const one = placeGroup(group, shown, x + at * (column + gap), ends[at]!);
      ends[at] = one.box.y + one.box.height + gap;
      boxes.set(groupKey(group.code), one.box);
      for (const cell of one.cells) boxes.set(codeOf(cell.link), cell.box);
      return one;
    });
    const width = columns * column + (columns - 1) * gap;
    lanes.push({ lane, x, y: top, width, cells: groups.reduce((n, g) => n + g.cells.length, 0), groups: placed });
    x += width + gutter;
    bottom = Math.max(bottom, ...ends.map((end) => end - gap));
  }
  return { lanes, boxes, width: Math.max(0, x - gutter), height: bottom - top };
}

function placeGroup(group: Group, shown: Shown, x: number, y: number): PlacedGroup {
  const alone = isAlone(group);
  const folded = shown.folds.has(group.code) && !alone;
  let at = y + padding + (alone ? 0 : heights.head) + (folded ? heights.icons : 0);
  const cells = folded ? [] : cellsOf(group, shown).map((link) => {
    const box = { x: x + padding, y: at, width: column - 2 * padding, height: heights.cell };
    at += heights.cell + cellGap;
    return { link, box };
  });
  if (cells.length > 0) at -= cellGap;
  if (!folded && !shown.all && group.hidden.length > 0) at += heights.rest;
  return { group, alone, folded, cells, box: { x, y, width: column, height: at + padding - y } };
}

/** How wide a text is, about: letters of Latin are half as wide as those of Chinese. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += letter.codePointAt(0)! > 0x2e7f || letter === '…' ? 1 : /[A-Z—]/.test(letter) ? 0.7 : 0.56;
  return width * size;
}

/** A text that fits into a width, cut with an ellipsis where it must be. */
export function fit(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && widthOf(letters.join('') + '…', size) > width) letters.pop();
  return letters.join('').trimEnd() + '…';
}
