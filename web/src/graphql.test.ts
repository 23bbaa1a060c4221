import { CombinedError } from '@urql/core';
import { expect, test } from 'vitest';

import { partlyRefused } from './graphql';

const refused = (path: (string | number)[] | undefined, code = 'FORBIDDEN') =>
  new CombinedError({ graphQLErrors: [{ message: 'x', path, extensions: { code } }] });

test('fields that a role may not see leave the rest of an answer', () => {
  const data = { gaps: { nodes: [{ targets: null }] }, introductions: null };
  expect(partlyRefused(data, refused(['gaps', 'nodes', 0, 'targets']))).toBe(true);
  expect(partlyRefused(data, undefined)).toBe(false);
  expect(partlyRefused(null, refused(['gaps', 'nodes']))).toBe(false);
  expect(partlyRefused(data, refused(['introductions']))).toBe(false);
  expect(partlyRefused(data, refused(undefined))).toBe(false);
  expect(partlyRefused(data, refused(['gaps', 'nodes', 0], 'LIMIT_EXCEEDED'))).toBe(false);
  expect(partlyRefused(data, new CombinedError({ networkError: new Error('gone') }))).toBe(false);
  expect(partlyRefused({ gaps: null }, refused(['gaps', 'nodes']))).toBe(false);
});
