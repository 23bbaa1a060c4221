import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { StateIcon, stateOrder } from '../../parts/marks';
import { GroupBox } from './cells';
import { cellsOf, codeOf, countsOfLeaves, drawnGroups, drawnOrder, type Group, type Lane, type Shown } from './layout';
import { Lines } from './lines';
import { bundlesOf, feedsByGroup, groupsByLink, type Tie } from './ties';
import { foldButtonOf, stepFrom } from './walk';

export interface Accordion { order: readonly Lane[]; open: ReadonlySet<Lane>; turn: (lane: Lane) => void }

export interface LanesProps {
  drawn: Map<Lane, Group[]>; shown: Shown; ties: readonly Tie[];
  /** The link whose feeders show, and these. */
  fed?: string; feeders: ReadonlySet<string>;
  hover: (code?: string) => void; fold: (code: string) => void;
  /** On a phone: the lanes in their order there, which of them are open, and how to open one. */
  accordion?: Accordion;
  /** What the drawing is called. */
  name: string;
}

/** The lanes of a chain. They are one stop of the Tab key; the arrows walk the cells, Space folds. */
export function Lanes({ drawn, shown, ties, fed, feeders, hover, fold, accordion, name }: LanesProps) {
  const { t } = useTranslation();
  const { state } = useAddress();
  const box = useRef<HTMLDivElement>(null);
  const groupOf = useMemo(() => groupsByLink(drawn), [drawn]);
  const bundles = useMemo(() => bundlesOf(ties, groupOf), [ties, groupOf]);
  const open = accordion?.open;
  const order = useMemo(() => drawnOrder(open ? new Map([...drawn].filter(([lane]) => open.has(lane))) : drawn, shown), [drawn, shown, open]);
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
      {(accordion?.order ?? [...drawn.keys()]).flatMap((lane) => {
        const groups = drawn.get(lane);
        return groups === undefined ? [] : [(
          <section key={lane} className={groups.length > 3 ? 'lane wide' : 'lane'} aria-label={t(`map.lane.${lane}`)}>
            <LaneHead lane={lane} groups={groups} accordion={accordion} />
            {(!open || open.has(lane)) && (
              <div className="groups">
                {drawnGroups(groups, shown).map((g) => (
                  <GroupBox key={g.code} group={g} shown={shown} feeds={feeds.get(g.code) ?? ''} hover={hover} fold={fold}
                    reachable={cellsOf(g, shown).some((c) => codeOf(c) === reachable) ? reachable : undefined} />
                ))}
              </div>
            )}
          </section>
        )];
      })}
    </div>
  );
}

/** The head of a lane. In an accordion it opens the lane, and says what is in it while it is shut. */
function LaneHead({ lane, groups, accordion }: { lane: Lane; groups: readonly Group[]; accordion?: Accordion }) {
  const { t } = useTranslation();
  const words = <>{t(`map.lane.${lane}`)} <span className="quiet">{t('map.laneCount', { count: groups.reduce((n, g) => n + g.cells.length, 0) })}</span></>;
  if (!accordion) return <h2>{words}</h2>;
  const isOpen = accordion.open.has(lane);
  const counts = countsOfLeaves(groups.flatMap((g) => g.cells));
  return (
    <h2>
      <button type="button" className="lane-head" aria-expanded={isOpen} onClick={() => accordion.turn(lane)}>
        <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {words}
        {!isOpen && <span className="folded">{stateOrder.filter((s) => counts.get(s)).map((s) => (
          <span key={s}><StateIcon state={s} className={`icon tint ${s}`} /><span className="hidden">{t(`state.${s}`)}</span>{counts.get(s)}</span>
        ))}</span>}
      </button>
    </h2>
  );
}
