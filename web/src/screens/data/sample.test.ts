import { expect, it } from 'vitest';

import { cellsOf, samplesOf } from './sample';

it('reads cells in quotes', () => {
  expect(cellsOf('a,"b,""c""", d')).toEqual(['a', 'b,"c"', 'd']);
  expect(cellsOf('a\tb')).toEqual(['a', 'b']);
});

it('shows the first value that a column has', () => {
  const samples = samplesOf('\uFEFFname,staff\r\nx,\r\ny,8\r\n');
  expect([...samples]).toEqual([['name', 'x'], ['staff', '8']]);
});
