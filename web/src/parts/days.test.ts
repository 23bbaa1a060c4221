import { expect, test } from 'vitest';

import { isDay, readDay, recentEnds } from './days';

test('a day is read as people type it', () => {
  const typed = ['2024', '2024年', ' 2024-6 ', '2024/06', '2024年6月', '2024-06-30', '2024.6.1', '2024年6月1日', '2024-02-29'];
  expect(typed.map(readDay)).toEqual(['2024', '2024', '2024-06', '2024-06', '2024-06', '2024-06-30', '2024-06-01', '2024-06-01', '2024-02-29']);
});

test('what is no day is none', () => {
  for (const text of ['', 'v12', '24', '1800', '2024-13', '2024-0', '2023-02-29', '2024-06-31', '2024-06-00', '2024-06-30T00', '2024-06-30-1']) {
    expect(readDay(text), text).toBeUndefined();
  }
  expect(['2024-6', '2024-06', '2024年'].map(isDay)).toEqual([false, true, false]);
});

test('the recent ends are offered once each, the newest first', () => {
  expect(recentEnds('2026-12-03')).toEqual(['2026-11-30', '2026-09-30', '2025-12-31', '2024-12-31', '2023-12-31', '2022-12-31']);
  expect(recentEnds('2026-10-15')).toEqual(['2026-09-30', '2025-12-31', '2024-12-31', '2023-12-31', '2022-12-31']);
  expect(recentEnds('2026-01-02')).toEqual(['2025-12-31', '2024-12-31', '2023-12-31', '2022-12-31']);
  expect(recentEnds('2024-03-31')[0]).toBe('2024-02-29');
});
