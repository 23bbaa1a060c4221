/** What the arrows stop at: cells, and the heads of folded groups. */
const stops = '[data-code], [data-fold][aria-expanded="false"]';

/** Where an arrow leads from an element of the lanes: along them, or to the first stop of a lane beside. */
export function stepFrom(box: HTMLElement, at: HTMLElement, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const wanted = key === 'ArrowDown' ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const there = [...box.querySelectorAll<HTMLElement>(stops)].filter((e) => e !== at && at.compareDocumentPosition(e) & wanted);
    return key === 'ArrowDown' ? there[0] : there[there.length - 1];
  }
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return undefined;
  const lanes = [...box.querySelectorAll('.lane')].filter((l) => l.contains(at) || l.querySelector(stops));
  const beside = lanes[lanes.findIndex((l) => l.contains(at)) + (key === 'ArrowRight' ? 1 : -1)];
  return beside?.querySelector<HTMLElement>(stops) ?? undefined;
}

/** The button that folds the group around an element; none where the group is one link alone. */
export function foldButtonOf(at: HTMLElement): HTMLElement | undefined {
  return at.closest('[data-group]')?.querySelector<HTMLElement>('[data-fold]') ?? undefined;
}
