import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { GroupBox } from './cells';
import { cellsOf, codeOf, drawnGroups, drawnOrder, type Group, type Lane, type Shown } from './layout';
import { Lines } from './lines';
import { bundlesOf, feedsByGroup, groupsByLink, type Tie } from './ties';
import { foldButtonOf, stepFrom } from './walk';

export interface LanesProps {
  drawn: Map<Lane, Group[]>; shown: Shown; ties: readonly Tie[];
  /** The link whose feeders show, and these. */
  fed?: string; feeders: ReadonlySet<string>;
  hover: (code?: string) => void; fold: (code: string) => void;
  /** What the drawing is called. */
  name: string;
}

/** The lanes of a chain. They are one stop of the Tab key; the arrows walk the cells, Space folds. */
export function Lanes({ drawn, shown, ties, fed, feeders, hover, fold, name }: LanesProps) {
  const { t } = useTranslation();
  const { state } = useAddress();
  const box = useRef<HTMLDivElement>(null);
  const groupOf = useMemo(() => groupsByLink(drawn), [drawn]);
  const bundles = useMemo(() => bundlesOf(ties, groupOf), [ties, groupOf]);
  const order = useMemo(() => drawnOrder(drawn, shown), [drawn, shown]);
  const feeds = feedsByGroup(feeders, groupOf);
  const reachable = order.includes(state.link ?? '') ? state.link : order[0];
  const press = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>('button');
    if (!at || !box.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ') {
      const button = foldButtonOf(at);
      if (!button) return;
      event.preventDefault();
      if (event.repeat) return;
      button.focus();
      fold(button.dataset.fold!);
      return;
    }
    const next = stepFrom(box.current, at, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div className="lanes" ref={box} onKeyDown={press} role="group" aria-label={name}>
      <Lines bundles={bundles} groupOf={groupOf} code={fed} feeders={feeders} walk={order} />
      {[...drawn].map(([lane, groups]) => (
        <section key={lane} className={groups.length > 3 ? 'lane wide' : 'lane'} aria-label={t(`map.lane.${lane}`)}>
          <h2>{t(`map.lane.${lane}`)} <span className="quiet">{t('map.laneCount', { count: groups.reduce((n, g) => n + g.cells.length, 0) })}</span></h2>
          <div className="groups">
            {drawnGroups(groups, shown).map((g) => (
              <GroupBox key={g.code} group={g} shown={shown} feeds={feeds.get(g.code) ?? ''} hover={hover} fold={fold}
                reachable={cellsOf(g, shown).some((c) => codeOf(c) === reachable) ? reachable : undefined} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
