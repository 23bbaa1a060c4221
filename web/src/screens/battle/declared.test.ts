import { expect, test } from 'vitest';

import { asTable, changedOf } from './declared';

test('only what differs is declared', () => {
  expect(changedOf({}, { role: 'KEY' })).toEqual({ role: 'KEY' });
  expect(changedOf({ role: 'KEY', owner: '市经信局' }, { role: 'KEY', owner: '市投促中心 ', due: '2027-06-30' })).toEqual({ owner: '市投促中心', due: '2027-06-30' });
  expect(changedOf({ role: 'KEY' }, { role: 'KEY' })).toBeUndefined();
  expect(changedOf({ owner: '市经信局' }, { owner: '  ' })).toBeUndefined();
  expect(changedOf({}, {})).toBeUndefined();
});

test('a copied table has as many cells in each line', () => {
  const text = asTable(['#', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'], [
    { rank: 1, name: '客车', chain: '汽车', state: '缺失', action: '补链', companies: '0 / 1.4', sure: '69%', priority: '61.1', declared: { owner: '一\t二' }, why: '甲\n乙' },
  ]);
  const lines = text.split('\n').map((l) => l.split('\t'));
  expect(lines.map((l) => l.length)).toEqual([12, 12]);
  expect(lines[1]).toEqual(['1', '客车', '汽车', '缺失', '补链', '0 / 1.4', '69%', '61.1', '', '一 二', '', '甲 乙']);
});
