import { describe, expect, it } from 'vitest';

import { codeOf, countsOfGroup, drawnOrder, feedersOf, lanesByUrgency, laneWith, layOut, neighbour, pickChain, type MapLink } from './layout';

const link = (code: string, parent: string | null, leaf: boolean, position: string | null, state = 'ABSENT') =>
  ({ leaf, parent: parent === null ? null : { code: parent }, verdict: { state, link: { code, name: code, position } } }) as unknown as MapLink;

describe('layOut', () => {
  const links = [
    link('a', null, false, 'UPSTREAM'), link('a.x', 'a', false, null), link('a.x.y', 'a.x', true, null), link('a.z', 'a', true, null, 'EMPTY'),
    link('b', null, true, null), link('c', null, false, null), link('c.d', 'c', true, 'DOWNSTREAM', 'WEAK'),
  ];
  const found = layOut(links);
  it('puts each leaf into the group of what it is part of, in the lane of what that is part of', () => {
    expect(found.get('UPSTREAM')!.map((g) => [g.code, g.cells.map(codeOf), g.hidden.map(codeOf)])).toEqual([['a.x', ['a.x.y'], []], ['a', [], ['a.z']]]);
  });
  it('takes the lane of the leaves where the head has none, and one of its own without any', () => {
    expect(found.get('DOWNSTREAM')!.map((g) => g.code)).toEqual(['c']);
    expect(found.get('NONE')!.map((g) => [g.code, g.cells.map(codeOf)])).toEqual([['b', ['b']]]);
    expect(found.has('MIDSTREAM')).toBe(false);
  });
  it('draws a whole that counts as a leaf at the head of its parts', () => {
    const groups = layOut([link('a', null, false, 'UPSTREAM'), link('a.w', 'a', true, null), link('a.w.p', 'a.w', true, null)]).get('UPSTREAM')!;
    expect(groups.map((g) => [g.code, g.cells.map(codeOf)])).toEqual([['a.w', ['a.w', 'a.w.p']]]);
  });
  it('loses no leaf of 2,000 links', () => {
    const many = Array.from({ length: 2000 }, (_, i) => link(`l${i}`, i < 40 ? null : `l${i % 40}`, i >= 40, 'MIDSTREAM'));
    const cells = [...layOut(many).values()].flat().flatMap((g) => g.cells);
    expect(new Set(cells.map(codeOf)).size).toBe(1960);
  });
  it('ends on a circle', () => {
    expect(() => layOut([link('p', 'q', true, null), link('q', 'p', true, null)])).not.toThrow();
  });
});

describe('the rest', () => {
  it('finds feeders in the direction of the tie', () => {
    const ties = [{ from: { code: 'a' }, to: { code: 'b' } }, { from: { code: 'b' }, to: { code: 'c' } }];
    expect([...feedersOf('b', ties)]).toEqual(['a']);
  });
  it('counts drawn cells alone', () => {
    const group = layOut([link('a', null, false, null), link('a.b', 'a', true, null), link('a.c', 'a', true, null, 'EMPTY')]).get('NONE')![0]!;
    expect([...countsOfGroup(group)]).toEqual([['ABSENT', 1]]);
  });
  it('walks what is drawn alone', () => {
    const drawn = layOut([link('a', null, false, 'UPSTREAM'), link('a.b', 'a', true, null), link('c', null, false, null), link('c.d', 'c', true, null, 'WEAK'), link('e', null, true, null, 'WEAK')]);
    expect(drawnOrder(drawn, { all: false, folds: new Set(), states: new Set() })).toEqual(['a.b', 'c.d', 'e']);
    expect(drawnOrder(drawn, { all: false, folds: new Set(['a', 'e']), states: new Set() })).toEqual(['c.d', 'e']);
    expect(drawnOrder(drawn, { all: false, folds: new Set(), states: new Set(['ABSENT']) })).toEqual(['a.b']);
  });
  it('opens the chain where most is in the states that were asked for', () => {
    const chains = [
      { scope: { code: 'a' }, states: [{ state: 'ABSENT' as const, count: 2 }, { state: 'WEAK' as const, count: 5 }] },
      { scope: { code: 'b' }, states: [{ state: 'ABSENT' as const, count: 3 }, { state: 'WEAK' as const, count: 0 }] },
      { scope: { code: 'c' }, states: [{ state: 'ABSENT' as const, count: 3 }] },
    ];
    expect([pickChain(chains, new Set()), pickChain(chains, new Set(['WEAK'])), pickChain([], new Set())]).toEqual(['b', 'a', undefined]);
  });
  it('begins with the lane that holds the most urgent cell of those that are shown', () => {
    const urgent = (code: string, position: string, priority: number | null, state = 'ABSENT') => {
      const one = link(code, null, true, position, state);
      return { ...one, verdict: { ...one.verdict, priority } } as MapLink;
    };
    const drawn = layOut([urgent('u', 'UPSTREAM', 0.2), urgent('m', 'MIDSTREAM', null), urgent('d', 'DOWNSTREAM', 0.6), urgent('e', 'MIDSTREAM', 0.9, 'EMPTY')]);
    const order = (states: string[], all = false) => lanesByUrgency(drawn, { all, folds: new Set(), states: new Set(states) });
    expect(order([])).toEqual(['DOWNSTREAM', 'UPSTREAM', 'MIDSTREAM']);
    expect(order([], true)[0]).toBe('MIDSTREAM');
    expect(order(['WEAK'])).toEqual(['UPSTREAM', 'MIDSTREAM', 'DOWNSTREAM']);
    expect([laneWith(drawn, 'd'), laneWith(drawn, 'e'), laneWith(drawn, 'z')]).toEqual(['DOWNSTREAM', 'MIDSTREAM', undefined]);
  });
  it('stays at the ends', () => {
    expect([neighbour(['a', 'b'], 'a', -1), neighbour(['a', 'b'], 'a', 1), neighbour(['a', 'b'], 'b', 1)]).toEqual(['a', 'b', 'b']);
  });
});
