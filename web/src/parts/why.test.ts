import { expect, it } from 'vitest';

import { whyOf } from './why';

const reason = (code: string, points: number) => ({ code, points, text: { zh: code, en: code } });

it('has the reasons that weigh most, without what the columns say', () => {
  const reasons = [reason('BELOW_EXPECTED', 0.3), reason('SINGLE_FIRM', 0), reason('RELATED', 0.1), reason('DEMAND', 0.2), reason('DECLARED_ROLE', 0.15)];
  expect(whyOf(reasons, true).map((r) => r.code)).toEqual(['DEMAND', 'DECLARED_ROLE']);
  expect(whyOf(reasons, false).map((r) => r.code)).toEqual(['DEMAND', 'RELATED']);
});
