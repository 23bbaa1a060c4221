import type { Point } from './quadrant';

/** The drawing area of the chart, in pixels. */
export interface Area { width: number; height: number }

/** Where a name stands: its middle height and its side, from the middle of its point. */
export interface Label { code: string; dx: number; dy: number; align: 'left' | 'right' }

interface Rect { left: number; top: number; right: number; bottom: number }

const lineHeight = 14;
/** Half of a point, and the gap to its name. */
const half = 6, gap = 9;

/** About how wide a text is at 11 pixels: a Chinese character is twice a letter. */
export const widthOf = (text: string) => [...text].reduce((sum, c) => sum + (c > '\u2e7f' ? 11 : 6.4), 0);

const overlap = (a: Rect, b: Rect) =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/**
 * Puts a name beside each point, in the order given: where it hides least of what is
 * there, names before points, and as near as it can.
 */
export function placeNames(named: readonly { point: Point; name: string }[], points: readonly Point[], area: Area): Label[] {
  const at = (p: Point) => ({ x: (p.feasibility / 100) * area.width, y: (1 - p.need / 100) * area.height });
  const marks = points.map((p) => {
    const { x, y } = at(p);
    return { left: x - half, right: x + half, top: y - half, bottom: y + half };
  });
  const taken: Rect[] = [];
  return named.map(({ point, name }) => {
    const { x, y } = at(point), width = widthOf(name);
    let best: { cost: number; label: Label; rect: Rect } | undefined;
    for (const align of ['left', 'right'] as const) {
      for (const dy of [0, -12, 12, -20, 20, -30, 30, -42, 42]) {
        const dx = align === 'left' ? gap : -gap;
        const left = align === 'left' ? x + dx : x + dx - width;
        const rect = { left, right: left + width, top: y + dy - lineHeight / 2, bottom: y + dy + lineHeight / 2 };
        const outside = Math.max(0, -rect.left) + Math.max(0, rect.right - area.width) + Math.max(0, -rect.top) + Math.max(0, rect.bottom - area.height);
        const cost = outside * 100 + taken.reduce((sum, r) => sum + overlap(rect, r) * 50, 0)
          + marks.reduce((sum, r) => sum + overlap(rect, r), 0) + Math.abs(dy) * 2;
        if (!best || cost < best.cost) best = { cost, label: { code: point.code, dx, dy, align }, rect };
      }
    }
    taken.push(best!.rect);
    return best!.label;
  });
}
