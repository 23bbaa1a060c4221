import { describe, expect, it } from 'vitest';

import { choose, columnsOf, meaningsIn, namesEnd, readMapping, settle, unused, withinChain, writeMapping } from './mapping';

const text = `
name: mine
files:
  - match: [b.csv]
    emit:
      - node: Company
        properties: {employees: 人数, name: 名称}
      - edge: OPERATES_IN
        from: {kind: Company, row: true}
        to: {kind: Link, within: 链, each: true, column: 环节}
        optional: true
`;
const meaningOf = (m: ReturnType<typeof readMapping>, column: string) => columnsOf(m, []).find((c) => c.column === column)?.meaning;

describe('the mapping of a file', () => {
  it('names each column once, those that are not used last', () => {
    const columns = columnsOf(readMapping(text), [{ file: 'b.csv', columns: ['备注', '名称'] }]);
    expect(columns.map((c) => [c.column, c.meaning])).toEqual([
      ['人数', 'Company.employees'], ['名称', 'Company.name'], ['链', withinChain], ['环节', 'OPERATES_IN'], ['备注', unused],
    ]);
  });
  it('gives a column another meaning and keeps what else is said', () => {
    const changed = readMapping(writeMapping(choose(readMapping(text), 'b.csv', '人数', 'Company.revenue')));
    expect(meaningOf(changed, '人数')).toBe('Company.revenue');
    expect(changed).toMatchObject({ name: 'mine', files: [{ emit: [{ properties: { name: '名称' } }, { to: { each: true } }] }] });
  });
  it('takes a column out, with the edge that it names', () => {
    expect(meaningOf(choose(readMapping(text), 'b.csv', '环节', unused), '环节')).toBeUndefined();
    expect(meaningOf(choose(readMapping(text), 'b.csv', '链', unused), '环节')).toBe('OPERATES_IN');
  });
  it('keeps a column in its place when another one takes its meaning', () => {
    const before = columnsOf(readMapping(text), [{ file: 'b.csv', columns: ['备注'] }]);
    const after = meaningsIn(choose(readMapping(text), 'b.csv', '备注', 'Company.name'), before);
    expect(after.map((c) => c.column)).toEqual(before.map((c) => c.column));
    expect(after.map((c) => c.meaning)).toEqual(['Company.employees', unused, withinChain, 'OPERATES_IN', 'Company.name']);
  });
  it('makes an edge of a column', () => {
    expect(meaningOf(choose(readMapping(text), 'b.csv', '地区', 'LOCATED_IN'), '地区')).toBe('LOCATED_IN');
  });
});

it('writes what a value means beside the column that names an end, and takes it back', () => {
  const yaml = 'files:\n- match: ["b\\\\[1].xlsx"]\n  sheet: one\n  emit:\n  - edge: OPERATES_IN\n    from: {kind: Company, row: true}\n    to: {kind: Link, column: link, each: true}\n';
  expect(['link', 'name'].map((c) => namesEnd(readMapping(yaml), 'b[1].xlsx#one', c))).toEqual([true, false]);
  const settled = settle(readMapping(yaml), 'b[1].xlsx#one', 'link', 'lidar', 'robot.lidar');
  expect(settled.files?.[0]?.emit?.[0]?.to?.values).toEqual({ lidar: 'robot.lidar' });
  expect(settle(settled, 'b[1].xlsx#one', 'link', 'lidar', undefined).files?.[0]?.emit?.[0]?.to?.values).toEqual({});
  expect(settle(readMapping(yaml), 'b[1].xlsx#two', 'link', 'lidar', 'x')).toEqual(readMapping(yaml));
});
