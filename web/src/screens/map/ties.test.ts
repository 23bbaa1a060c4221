import { describe, expect, it } from 'vitest';

import { layOut, type MapLink } from './layout';
import { bundlesOf, courseOf, feederCourses, feedsByGroup, groupCourses, groupKey, groupsByLink, type Box } from './ties';

const link = (code: string, parent: string | null, leaf: boolean, position: string | null, state = 'ABSENT') =>
  ({ leaf, parent: parent === null ? null : { code: parent }, verdict: { state, link: { code, name: code, position } } }) as unknown as MapLink;
const tie = (from: string, to: string) => ({ from: { code: from }, to: { code: to } });
const box = (x: number, y: number, width = 200, height = 46): Box => ({ x, y, width, height });

const drawn = layOut([
  link('a', null, false, 'UPSTREAM'), link('a.x', 'a', true, null), link('a.y', 'a', true, null),
  link('b', null, false, 'DOWNSTREAM'), link('b.x', 'b', true, null), link('b.e', 'b', true, null, 'EMPTY'),
]);
const groupOf = groupsByLink(drawn);

describe('bundles', () => {
  it('joins the ties of two groups, those of their heads too', () => {
    const ties = [tie('a.x', 'b.x'), tie('a.y', 'b.x'), tie('a', 'b'), tie('a.y', 'b.e')];
    expect(bundlesOf(ties, groupOf)).toEqual([{ from: 'a', to: 'b', ties: 4 }]);
  });
  it('keeps the direction, and leaves out what is within a group or not drawn', () => {
    expect(bundlesOf([tie('a.x', 'a.y'), tie('up', 'b'), tie('b.x', 'a.x')], groupOf)).toEqual([{ from: 'b', to: 'a', ties: 1 }]);
  });
});

describe('courses', () => {
  it('run level to the gutter before their end, and bend there', () => {
    expect(courseOf(box(0, 0), box(452, 100))).toBe('M200 22H426C439 22 439 122 452 122');
  });
  it('do not bend back where the gutter is narrow', () => {
    expect(courseOf(box(0, 0), box(210, 0))).toBe('M200 22H200C205 22 205 22 210 22');
  });
  it('run to the left where what is fed is there', () => {
    expect(courseOf(box(452, 100), box(0, 0))).toBe('M452 122H226C213 122 213 22 200 22');
  });
  it('run beside the column within one lane', () => {
    expect(courseOf(box(0, 0), box(0, 100))).toBe('M200 22H200C222 22 222 122 200 122');
  });
  it('are left out where a group is not drawn', () => {
    const bundles = [{ from: 'a', to: 'b', ties: 1 }, { from: 'a', to: 'c', ties: 1 }];
    const boxes = new Map([[groupKey('a'), box(0, 0)], [groupKey('b'), box(300, 0)]]);
    expect(groupCourses(bundles, boxes)).toHaveLength(1);
  });
});

describe('feeders', () => {
  it('stand at the group that each is drawn in', () => {
    expect([...feedsByGroup(new Set(['a.x', 'a.y', 'b', 'z']), groupOf)]).toEqual([['a', 'a.x a.y'], ['b', 'b'], ['z', 'z']]);
  });
  const boxes = new Map([[groupKey('a'), box(0, 0, 212, 200)], [groupKey('b'), box(300, 0, 212, 200)], ['a.x', box(6, 40)], ['b.x', box(306, 90)]]);
  it('are joined cell to cell, and show between a cell and the edge of its group', () => {
    expect(feederCourses('b.x', new Set(['a.x']), groupOf, boxes)).toEqual([
      { behind: 'M206 62H280C293 62 293 112 306 112', before: 'M206 62H212M300 112H306' },
    ]);
  });
  it('of one folded group are one course from it', () => {
    const folded = new Map([...boxes].filter(([key]) => key !== 'a.x'));
    expect(feederCourses('b.x', new Set(['a.x', 'a.y']), groupOf, folded).map((c) => c.behind)).toEqual(['M212 22H280C293 22 293 112 306 112']);
  });
  it('have no course to what is not drawn, nor from a link to itself', () => {
    expect(feederCourses('z', new Set(['a.x']), groupOf, boxes)).toEqual([]);
    expect(feederCourses('b.x', new Set(['b.x', 'z']), groupOf, boxes)).toEqual([]);
  });
});
