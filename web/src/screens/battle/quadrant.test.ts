import { describe, expect, it } from 'vitest';

import { boxBetween, cornerOf, corners, labelled, percentiles, pointsOf, readBox, within, writeBox, type Point } from './quadrant';

const row = (code: string, severity: number | null, densityRank: number | null, priority: number | null = 0.5) =>
  ({ state: 'ABSENT' as const, priority, link: { code }, numbers: { severity, densityRank } });
const point = (feasibility: number, need: number, priority = 0, code = 'x'): Point => ({ code, state: 'WEAK', feasibility, need, priority });

describe('percentiles', () => {
  it('go from 0 to 100, and equal values share a place', () => {
    expect(percentiles([0.2, 0.9, 0.4, 0.4, 0.1])).toEqual([25, 100, 62.5, 62.5, 0]);
    expect(percentiles([3, 3])).toEqual([50, 50]);
    expect(percentiles([7])).toEqual([50]);
    expect(percentiles([])).toEqual([]);
  });
});

describe('pointsOf', () => {
  it('ranks among the rows that have a place, and leaves out the others', () => {
    const points = pointsOf([row('a', 0.8, 0.3), row('b', null, 0.9), row('c', 1.2, 0.6), row('d', 0.1, null), row('e', -0.1, 0.1)]);
    expect(points.map((p) => [p.code, p.feasibility, p.need])).toEqual([['a', 50, 80], ['c', 100, 100], ['e', 0, 0]]);
  });
});

describe('labelled', () => {
  it('are the most urgent, and one without a priority comes last', () => {
    const points = pointsOf([row('a', 1, 1, null), row('b', 1, 1, 0.4), row('c', 1, 1, 0.6)]);
    expect([...labelled(points, 2)]).toEqual(['c', 'b']);
  });
});

describe('boxes', () => {
  it('hold each point once when they are the four parts', () => {
    for (const p of [point(50, 50), point(0, 0), point(100, 100), point(100, 50), point(50, 0), point(49.9, 100)]) {
      expect(Object.values(corners).filter((box) => within(p, box))).toHaveLength(1);
    }
    expect(within(point(50, 50), corners.first)).toBe(true);
  });
  it('are drawn from any corner and end at the axes', () => {
    expect(boxBetween([80.4, 20], [-3, 130])).toEqual({ left: 0, low: 20, right: 80, high: 100 });
  });
  it('are read as they are written, and are nothing where they make no sense', () => {
    const box = { left: 10, low: 0, right: 55, high: 100 };
    expect(readBox(writeBox(box))).toEqual(box);
    for (const text of [undefined, '', '1,2,3', '50,0,10,100', '0,0,101,100', 'a,0,10,10', '0,0,10,10,5', '-5,0,10,10']) expect(readBox(text)).toBeUndefined();
    expect(cornerOf(readBox('50,50,100,100'))).toBe('first');
    expect(cornerOf(box)).toBeUndefined();
  });
});
