import { expect, it } from 'vitest';

import { doubtsOf, keyOf, withSettled } from './doubts';

const fault = (row: number, value: string, choices?: { text: string }[]) =>
  ({ file: 'a.csv', row, column: 'link', value, severity: 'dropped', code: 'E_AMBIGUOUS_END', reason: '', choices });
const two = [{ text: 'robot.lidar' }, { text: 'car.lidar' }];

it('asks of each value once, with its rows', () => {
  const doubts = doubtsOf([fault(2, 'x'), fault(3, 'seat', two), fault(4, 'lidar', two), fault(7, 'lidar', two)]);
  expect(doubts.map((d) => [d.value, d.rows])).toEqual([['lidar', 2], ['seat', 1]]);
});

it('keeps what was settled to be chosen anew, and drops what is in doubt no more', () => {
  const before = doubtsOf([fault(2, 'lidar', two), fault(3, 'seat', two)]);
  const settled = new Map([[keyOf(before[0]!), 'car.lidar']]);
  expect(withSettled(before, settled, []).map((d) => d.value)).toEqual(['lidar']);
  expect(withSettled(before, settled, doubtsOf([fault(2, 'lidar', two)])).length).toBe(1);
});
