import { expect, it } from 'vitest';

import { placeNames, widthOf } from './labels';
import type { Point } from './quadrant';

const point = (code: string, feasibility: number, need: number): Point => ({ code, state: 'WEAK', feasibility, need, priority: 1 });
const area = { width: 400, height: 300 };

it('names stand beside their points, inside the area', () => {
  const points = [point('a', 10, 50), point('b', 99, 50)];
  const [a, b] = placeNames(points.map((p) => ({ point: p, name: '集成电路' })), points, area);
  expect(a).toMatchObject({ code: 'a', dy: 0, align: 'left' });
  expect(b).toMatchObject({ code: 'b', dy: 0, align: 'right' });
});

it('names of points at one place do not cover each other', () => {
  const points = ['a', 'b', 'c', 'd'].map((code) => point(code, 50, 50));
  const rects = placeNames(points.map((p) => ({ point: p, name: '储能系统集成' })), points, area).map((l) => {
    const left = 200 + l.dx - (l.align === 'left' ? 0 : widthOf('储能系统集成'));
    return { left, right: left + widthOf('储能系统集成'), top: l.dy - 7, bottom: l.dy + 7 };
  });
  for (const [i, a] of rects.entries()) {
    for (const b of rects.slice(i + 1)) expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
  }
});

it('a name leaves a point in its way free', () => {
  const points = [point('a', 50, 50), point('b', 56, 50), point('c', 44, 50)];
  expect(placeNames([{ point: points[0]!, name: '芯片' }], points, area)[0]!.dy).not.toBe(0);
});
