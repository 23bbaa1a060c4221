import { describe, expect, it } from 'vitest';

import { likenessOf, sayFrames } from './frames';

const frame = (name: string, date: string | null = '2020-12-31', more: object = {}) => (
  { name, populationLabel: { zh: '口径' + name, en: name }, date, comparable: true, large: true, scope: [], ...more }
);
const unfit = { comparable: false, large: false };

describe('two regions', () => {
  it('are judged alike by the same populations of the same day, in any order', () => {
    expect(likenessOf([frame('A'), frame('B')], [frame('B'), frame('A')])).toBe('SAME');
    expect(likenessOf([frame('A'), frame('B', null, unfit)], [frame('A')])).toBe('SAME');
  });
  it('differ by day, by population, and by what it is good for', () => {
    expect(likenessOf([frame('A')], [frame('A', '2025-01-01')])).toBe('OTHER_DATES');
    expect(likenessOf([frame('A')], [frame('A'), frame('B')])).toBe('OTHER_FRAMES');
    expect(likenessOf([frame('A')], [frame('A', '2020-12-31', { comparable: false })])).toBe('OTHER_USE');
    expect(likenessOf([frame('A', '2020-12-31', { large: false })], [frame('A')])).toBe('OTHER_USE');
  });
  it('cannot be compared where one has no population', () => {
    expect([likenessOf([], [frame('A')]), likenessOf([frame('A')], [frame('A', null, unfit)])]).toEqual(['NONE', 'NONE']);
  });
});

it('names populations with their limits, their days, and what they are not good for', () => {
  const words = (key: string) => key.slice('map.peer.'.length);
  const frames = [frame('A'), frame('B', null, { scope: [{ caption: '汽车' }] }), frame('C', null, { large: false }), frame('D', null, { comparable: false }), frame('E', null, unfit)];
  expect(sayFrames(frames, 'zh', words)).toBe('口径A（2020-12-31）、口径B（汽车）、口径C（tooFew）、口径D（presenceOnly）');
  expect(sayFrames(frames.slice(0, 2), 'en', words)).toBe('A (2020-12-31), B (汽车)');
});
