import { expect, it } from 'vitest';

import { undoes } from './undo';

const file = { id: 'a1', source: 'list' };
const edit = { id: 'edit-1', source: 'user:li' };

it('lets stewards and the local user take any load back, others their own changes', () => {
  const may = (role: 'STEWARD' | 'ANONYMOUS' | 'STRATEGIST', rights: ('STEWARD' | 'LOAD' | 'WORK')[], name = 'li') =>
    [file, edit].map(undoes({ role, rights, name }));
  expect(may('STEWARD', ['LOAD', 'STEWARD'])).toEqual([true, true]);
  expect(may('ANONYMOUS', ['WORK', 'LOAD'])).toEqual([true, true]);
  expect(may('STRATEGIST', ['WORK'])).toEqual([false, true]);
  expect(may('STRATEGIST', ['WORK'], 'wang')).toEqual([false, false]);
});
