/** The end of a tie, as an answer has it: persons are shown by their codes alone, companies by their short names. */
export interface End { __typename: string; id: string; caption?: string | null; shortName?: string | null; code?: string | null }

/** A tie of a path, from the region towards the company. */
export interface Tie { kind: string; strength: number; former: boolean; from: End; to: End }

export interface Box { id: string; kind: string; name: string; x: number; y: number }
export interface Line { id: string; from: string; to: string; kind: string; former: boolean; weak: boolean }
export interface Drawing { boxes: Box[]; lines: Line[]; width: number; height: number }

/** The size of a box, and how far boxes are apart, in pixels. */
export const box = { width: 124, height: 34 };
const step = { across: 136, down: 88 };

/** A tie that is weaker than this is drawn dashed. */
const weak = 0.5;

/** The name of an end in a drawing. */
const nameOf = (end: End) => (end.__typename === 'Person' ? end.code : end.shortName ?? end.caption) ?? '';

/**
 * Where the ends of some paths stand: the region above, the companies below, each end once and as
 * low as on the path on which it comes last. The boxes of a row stand side by side, in the order of the paths, around one middle.
 */
export function drawingOf(paths: readonly { hops: readonly Tie[] }[]): Drawing {
  const rows = new Map<string, number>(), ends = new Map<string, End>(), lines = new Map<string, Line>();
  for (const { hops } of paths) {
    hops.forEach((hop, i) => {
      for (const [end, row] of [[hop.from, i], [hop.to, i + 1]] as const) {
        ends.set(end.id, end);
        rows.set(end.id, Math.max(rows.get(end.id) ?? 0, row));
      }
      const id = [hop.from.id, hop.to.id, hop.kind].join(' ');
      lines.set(id, { id, from: hop.from.id, to: hop.to.id, kind: hop.kind, former: hop.former, weak: hop.strength < weak });
    });
  }
  const places = [...new Set(rows.values())].sort((a, b) => a - b); // two paths may leave a row empty
  const byRow = places.map((row) => [...ends.values()].filter((end) => rows.get(end.id) === row));
  const widest = Math.max(0, ...byRow.map((row) => row.length));
  const boxes = byRow.flatMap((row, y) => row.map((end, x) => ({
    id: end.id, kind: end.__typename, name: nameOf(end), x: ((widest - row.length) / 2 + x) * step.across, y: y * step.down,
  })));
  return {
    boxes, lines: [...lines.values()],
    width: Math.max(0, (widest - 1) * step.across + box.width), height: Math.max(0, (byRow.length - 1) * step.down + box.height),
  };
}
