import { expect, test } from 'vitest';

import { dayOf, populationOf, readState, writeState } from './address';
import * as documents from './gql/graphql';

test('an address gives the state that it was written from', () => {
  const text = writeState({ lang: 'en', region: '330000', state: 'ABSENT,WEAK', sort: 'severity' });
  expect(text).toBe('?region=330000&state=ABSENT,WEAK&sort=severity&lang=en');
  expect(readState(new URLSearchParams(text))).toEqual({
    state: { region: '330000', layer: 'industry', lang: 'en', state: 'ABSENT,WEAK', sort: 'severity' }, unknown: [],
  });
});

test('an address leaves out what is the default', () => {
  expect(writeState({ region: '330100', lang: 'zh', link: '' })).toBe('');
});

test('keys that mean nothing are named and change nothing', () => {
  const { state, unknown } = readState(new URLSearchParams('?region=330000&colour=red&vs=100000'));
  expect(unknown).toEqual(['colour', 'vs']);
  expect(state.region).toBe('330000');
});

test('an address names a population by its word, and what is none is named', () => {
  const { state, unknown } = readState(new URLSearchParams('?pop=above-scale'));
  expect([populationOf(state), unknown, writeState(state)]).toEqual(['ABOVE_SCALE', [], '?pop=above-scale']);
  const other = readState(new URLSearchParams('?pop=everybody'));
  expect([populationOf(other.state), other.unknown]).toEqual([undefined, ['pop']]);
});

test('an address names an earlier day, on the screen of data too, which shows the present', () => {
  const { state, unknown } = readState(new URLSearchParams('?asof=2024-12'));
  expect([unknown, writeState(state), dayOf(state, '/battle'), dayOf(state, '/data')]).toEqual([[], '?asof=2024-12', '2024-12', undefined]);
  const other = readState(new URLSearchParams('?asof=yesterday'));
  expect([dayOf(other.state, '/battle'), other.unknown]).toEqual([undefined, ['asof']]);
});

test('each question that judges links takes the population of the address', () => {
  const judging = Object.values(documents).map(String).filter((d) => /\b(gaps|chainMap|candidates|changes)\(/.test(d));
  expect(judging.length).toBeGreaterThan(8);
  for (const d of judging) {
    expect(d.match(/\b(gaps|chainMap|candidates|changes)\(/g)!.length, d).toBe(d.match(/population: \$population/g)?.length);
  }
});
