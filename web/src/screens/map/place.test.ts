import { describe, expect, it } from 'vitest';

import { drawnOrder, layOut, type MapLink, type Shown } from './layout';
import { fit, place, widthOf } from './place';

const link = (code: string, parent: string | null, leaf: boolean, position: string | null, state = 'ABSENT') =>
  ({ leaf, parent: parent === null ? null : { code: parent }, verdict: { state, link: { code, name: code, position } } }) as unknown as MapLink;
const chain = (groups: number, cells: number, position: string) => Array.from({ length: groups }, (_, g) => [
  link(`${position}${g}`, null, false, position),
  ...Array.from({ length: cells }, (_, c) => link(`${position}${g}.${c}`, `${position}${g}`, true, null, c === 0 ? 'EMPTY' : 'WEAK')),
]).flat();
const drawn = layOut([...chain(2, 3, 'UPSTREAM'), ...chain(5, 4, 'MIDSTREAM'), link('alone', null, true, 'DOWNSTREAM')]);
const shown = (more: Partial<Shown> = {}): Shown => ({ all: false, folds: new Set(), states: new Set(), ...more });
const cellsIn = (of: ReturnType<typeof place>) => of.lanes.flatMap((l) => l.groups.flatMap((g) => g.cells.map((c) => c.box)));

describe('a drawing that is saved', () => {
  it('holds the cells that the screen shows, whatever is folded or filtered', () => {
    for (const view of [shown(), shown({ all: true }), shown({ folds: new Set(['UPSTREAM0', 'alone']) }), shown({ states: new Set(['ABSENT']) })]) {
      expect(cellsIn(place(drawn, view, 0))).toHaveLength(drawnOrder(drawn, view).length);
    }
  });
  it('has nothing upon anything else, and nothing outside', () => {
    const placed = place(drawn, shown({ all: true }), 100);
    const boxes = placed.lanes.flatMap((l) => l.groups.map((g) => g.box));
    for (const a of boxes) for (const b of boxes) {
      if (a !== b) expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
    }
    for (const g of placed.lanes.flatMap((l) => l.groups)) for (const c of g.cells) {
      expect(c.box.x > g.box.x && c.box.y >= g.box.y && c.box.x + c.box.width < g.box.x + g.box.width && c.box.y + c.box.height < g.box.y + g.box.height).toBe(true);
    }
    expect(Math.max(...boxes.map((b) => b.x + b.width))).toBe(placed.width);
    expect(Math.max(...boxes.map((b) => b.y + b.height))).toBe(100 + placed.height);
  });
});

describe('texts', () => {
  it('are cut where they do not fit', () => {
    expect([fit('变速器与离合器', 13, 60), fit('客车', 13, 60), fit('Gearboxes and clutches', 13, 80)]).toEqual(['变速器…', '客车', 'Gearboxe…']);
    expect(widthOf(fit('汽车玻璃与后视镜', 13, 70), 13)).toBeLessThanOrEqual(70);
  });
});
