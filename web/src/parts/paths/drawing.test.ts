import { expect, test } from 'vitest';

import { drawingOf, type End, type Tie } from './drawing';

const region: End = { __typename: 'Region', id: 'r', caption: '嵊州市' };
const person = (code: string): End => ({ __typename: 'Person', id: code, caption: '示**', code });
const company = (name: string): End => ({ __typename: 'Company', id: name, caption: name });
const tie = (from: End, to: End, kind = 'KNOWS', strength = 0.8, former = false): Tie => ({ kind, strength, former, from, to });

test('the region stands above, the companies below, and whoever is on two paths once', () => {
  const drawing = drawingOf([
    { hops: [tie(region, person('V1'), 'NATIVE_OF'), tie(person('V1'), company('甲'), 'WORKS_AT')] },
    { hops: [tie(region, person('V2'), 'NATIVE_OF'), tie(person('V2'), person('V1')), tie(person('V1'), company('甲'), 'WORKS_AT')] },
  ]);
  const rows = new Map(drawing.boxes.map((b) => [b.id, b.y]));
  expect([...rows.entries()].sort((a, b) => a[1] - b[1]).map(([id]) => id)).toEqual(['r', 'V2', 'V1', '甲']);
  expect(drawing.lines.map((l) => [l.from, l.to])).toEqual([['r', 'V1'], ['V1', '甲'], ['r', 'V2'], ['V2', 'V1']]);
});

test('no two boxes stand in one place, and all are within the drawing', () => {
  const drawing = drawingOf(['V1', 'V2', 'V3'].map((code, i) => ({ hops: [tie(region, person(code)), tie(person(code), company(`企业${i}`))] })));
  expect(new Set(drawing.boxes.map((b) => `${b.x} ${b.y}`)).size).toBe(7);
  for (const b of drawing.boxes) {
    expect(b.x).toBeGreaterThanOrEqual(0);
    expect(b.x + 124).toBeLessThanOrEqual(drawing.width);
    expect(b.y + 34).toBeLessThanOrEqual(drawing.height);
  }
  expect(drawing.boxes.find((b) => b.id === 'r')!.x).toBe(136); // in the middle of three
});

test('persons have their codes, others their names, short where they have one', () => {
  const { boxes } = drawingOf([{ hops: [tie(region, person('V1')), tie(person('V1'), { __typename: 'Company', id: 'x' })] }]);
  expect(boxes.map((b) => b.name)).toEqual(['嵊州市', 'V1', '']);
  const short: End = { ...company('深圳市汇川技术股份有限公司'), shortName: '汇川技术' };
  expect(drawingOf([{ hops: [tie(region, short)] }]).boxes.map((b) => b.name)).toEqual(['嵊州市', '汇川技术']);
});

test('a weak tie and one that has ended are told apart, and two kinds of ties are two lines', () => {
  const { lines } = drawingOf([
    { hops: [tie(region, company('甲'), 'LOCATED_IN', 0.5)] }, { hops: [tie(region, company('甲'), 'COVERS', 0.49, true)] },
  ]);
  expect(lines.map((l) => [l.kind, l.weak, l.former])).toEqual([['LOCATED_IN', false, false], ['COVERS', true, true]]);
});

test('no paths make an empty drawing', () => {
  expect(drawingOf([])).toEqual({ boxes: [], lines: [], width: 0, height: 0 });
});

test('a circle of two paths is drawn', () => {
  const drawing = drawingOf([
    { hops: [tie(region, person('V1')), tie(person('V1'), person('V2')), tie(person('V2'), company('甲'))] },
    { hops: [tie(region, person('V2')), tie(person('V2'), person('V1')), tie(person('V1'), company('甲'))] },
  ]);
  expect(drawing.boxes).toHaveLength(4);
  expect(new Set(drawing.boxes.map((b) => `${b.x} ${b.y}`)).size).toBe(4);
});
