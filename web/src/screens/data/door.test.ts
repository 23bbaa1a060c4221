import { expect, it } from 'vitest';

import { linesOf, totalsOf } from './door';

it('keeps a line until it is whole', () => {
  expect(linesOf('{"a":1}\n\n{"b"')).toEqual({ lines: ['{"a":1}'], rest: '{"b"' });
});

it('counts nodes, not edges, and the rows left out', () => {
  const none = { updated: 0, unchanged: 0, merged: 0 };
  expect(totalsOf({
    load: '', dryRun: true, version: 1, faults: [],
    files: [{
      file: 'a.csv', rows: { read: 4, accepted: 3, rejected: 1, blank: 0 },
      kinds: [{ kind: 'Company', edge: false, created: 3, ...none }, { kind: 'LOCATED_IN', edge: true, created: 9, ...none }],
    }],
  })).toEqual({ created: 3, updated: 0, unchanged: 0, rejected: 1 });
});
