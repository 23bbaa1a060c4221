import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import type { VerdictState } from '../../gql/graphql';
import { StateIcon, stateOrder } from '../../parts/marks';
import { Drawer } from './drawer';
import { useMapKeys } from './keys';
import { Lanes } from './lanes';
import { drawnOrder, feedersOf, isHidden, layOut, type Shown } from './layout';
import type { Answer } from './map';
import { MapTable } from './table';

const listed = (text: string | undefined) => new Set((text ?? '').split(',').filter(Boolean));
const nobody: ReadonlySet<string> = new Set();

/** The chain as lanes or as a table, with what filters it, and the drawer of the selected link. */
export function Drawn({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const { state, set } = useAddress();
  const [all, showAll] = useState(false);
  const [hovered, hover] = useState<string>();
  const [feedersShow, showFeeders] = useState(true);
  const shown = useMemo<Shown>(() => ({ all, folds: listed(state.fold), states: listed(state.state) }), [all, state.fold, state.state]);
  const drawn = useMemo(() => layOut(answer.links), [answer]);
  const order = useMemo(() => drawnOrder(drawn, shown), [drawn, shown]);
  const fold = useCallback((code: string) => {
    const folds = listed(state.fold);
    if (!folds.delete(code)) folds.add(code);
    set({ fold: [...folds].join(',') || undefined }, true);
  }, [state.fold, set]);
  const turn = useTurn();
  const switchFeeders = () => showFeeders((show) => !show);
  useMapKeys({ t: turn, f: switchFeeders });
  const fed = feedersShow ? (hovered ?? state.link) : undefined;
  const feeders = useMemo(() => (fed === undefined ? nobody : feedersOf(fed, answer.ties)), [fed, answer]);
  return (
    <>
      <Legend answer={answer} all={all} showAll={showAll} feeders={feedersShow} switchFeeders={switchFeeders} />
      <div className={state.link ? 'with-drawer' : ''}>
        {state.view === 'table'
          ? <MapTable links={answer.links.filter((l) => l.leaf && (shown.states.size === 0 || shown.states.has(l.verdict.state)) && (all || !isHidden(l.verdict.state)))} />
          : <Lanes name={t('map.drawing')} drawn={drawn} shown={shown} ties={answer.ties} fed={fed} feeders={feeders} hover={hover} fold={fold} />}
        {state.link && <Drawer code={state.link} order={order} />}
      </div>
    </>
  );
}

/** Turns from the drawing to the table and back; the link that had the focus has it there, too. */
function useTurn() {
  const { state, set } = useAddress();
  const focused = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (focused.current) document.querySelector<HTMLElement>(`.map [data-code="${CSS.escape(focused.current)}"]`)?.focus();
    focused.current = undefined;
  }, [state.view]);
  return () => {
    focused.current = (document.activeElement as HTMLElement | null)?.dataset.code;
    set({ view: state.view === 'table' ? undefined : 'table' });
  };
}

interface LegendProps { answer: Answer; all: boolean; showAll: (all: boolean) => void; feeders: boolean; switchFeeders: () => void }

/** What the states look like, how many leaves are in each, and what is drawn of the chain. */
function Legend({ answer, all, showAll, feeders, switchFeeders }: LegendProps) {
  const { t } = useTranslation();
  const { state, set } = useAddress();
  const chosen = listed(state.state);
  const counts = new Map<VerdictState, number>();
  for (const l of answer.links) if (l.leaf) counts.set(l.verdict.state, (counts.get(l.verdict.state) ?? 0) + 1);
  const hidden = [...counts].reduce((n, [s, count]) => (isHidden(s) ? n + count : n), 0);
  const toggle = (s: VerdictState) => {
    if (!chosen.delete(s)) chosen.add(s);
    set({ state: [...chosen].join(',') || undefined });
  };
  return (
    <div className="legend" role="group" aria-label={t('map.filter')}>
      {stateOrder.map((s) => (
        <button key={s} type="button" aria-pressed={chosen.has(s)} onClick={() => toggle(s)}>
          <StateIcon state={s} className={`icon tint ${s}`} />{t(`state.${s}`)} <b>{counts.get(s) ?? 0}</b>
        </button>
      ))}
      {state.view !== 'table' && <button type="button" className="feeders no-print" aria-pressed={feeders} onClick={switchFeeders}>{t('map.feeders')}</button>}
      {hidden > 0 && <button type="button" className="link" onClick={() => showAll(!all)}>{t(all ? 'map.hideEmpty' : 'map.showEmpty', { count: hidden })}</button>}
      <span className="quiet">{t('map.hint')}</span>
    </div>
  );
}
