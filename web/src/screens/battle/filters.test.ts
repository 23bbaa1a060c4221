import { describe, expect, it } from 'vitest';

import { chosenActions, fileName, toggled, usual } from './filters';

describe('actions of an address', () => {
  it('are the usual ones without any, and leave out words without a meaning', () => {
    expect(chosenActions(undefined)).toEqual(usual);
    expect(chosenActions('NOTHING')).toEqual(usual);
    expect(chosenActions('CHECK,FILL,X')).toEqual(['FILL', 'CHECK']);
  });
  it('are written in one order, and left out where they are the usual ones', () => {
    expect(toggled(['CHECK'], 'FILL')).toBe('FILL,CHECK');
    expect(toggled(['FILL'], 'FILL')).toBeUndefined();
    expect(toggled(['BUILD', 'FILL', 'STRENGTHEN', 'EXTEND'], 'CHECK')).toBeUndefined();
    expect(toggled(usual, 'CHECK')).toBe('BUILD,FILL,STRENGTHEN,EXTEND');
  });
});

describe('fileName', () => {
  it('prefers the name in all languages', () => {
    expect(fileName(`attachment; filename=gaps.xlsx; filename*=utf-8''%E6%9D%AD.xlsx`, 'x')).toBe('杭.xlsx');
    expect(fileName('attachment; filename=gaps.xlsx', 'x')).toBe('gaps.xlsx');
    expect(fileName('', 'x')).toBe('x');
  });
});
