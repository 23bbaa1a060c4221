import { expect, test } from 'vitest';

import { readState, writeState } from './address';

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
