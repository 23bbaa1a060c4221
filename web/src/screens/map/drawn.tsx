import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import type { VerdictState } from '../../gql/graphql';
import { StateIcon, stateOrder } from '../../parts/marks';
import { Failure, Waiting } from '../../parts/states';
import { Drawer } from './drawer';
import { useMapKeys } from './keys';
import { Lanes } from './lanes';
import { drawnOrder, feedersOf, isHidden, layOut, type Shown } from './layout';
import type { Answer, PeerAnswer } from './map';
import { Likeness, RegionHead } from './peer';
import { MapTable } from './table';

const listed = (text: string | undefined) => new Set((text ?? '').split(',').filter(Boolean));
const nobody: ReadonlySet<string> = new Set();

/** The chain as lanes or as a table, with what filters it, and the drawer of the selected link. */
export function Drawn({ answer, peer }: { answer: Answer; peer?: PeerAnswer }) {
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
  const other = peer && !peer.fetching && !peer.error ? (peer.data?.chainMap ?? undefined) : undefined;
  const otherDrawn = useMemo(() => other && layOut(other.links), [other]);
  const turn = useTurn();
  const switchFeeders = () => showFeeders((show) => !show);
  useMapKeys({ t: turn, f: switchFeeders });
  const fed = feedersShow ? (hovered ?? state.link) : undefined;
  const feeders = useMemo(() => (fed === undefined ? nobody : feedersOf(fed, answer.ties)), [fed, answer]);
  const name = (of: Answer) => (peer ? t('map.drawingOf', { region: of.region.name }) : t('map.drawing'));
  const common = { shown, fed, feeders, hover, fold };
  return (
    <>
      <Legend answer={answer} all={all} showAll={showAll} feeders={feedersShow} switchFeeders={switchFeeders} />
      {peer && state.view === 'table' && <p className="quiet">{t('map.peer.notInTable')}</p>}
      {other && state.view !== 'table' && <Likeness own={answer} peer={other} />}
      <div className={state.link ? 'with-drawer' : ''}>
        {state.view === 'table' ? <MapTable links={listedLinks(answer, shown)} /> : (
          <div className="maps">
            {peer && <RegionHead answer={answer} />}
            <Lanes {...common} name={name(answer)} drawn={drawn} ties={answer.ties} />
            {peer?.error && <Failure error={peer.error} again={peer.again} />}
            {peer?.fetching && <Waiting lines={12} />}
            {other && <RegionHead answer={other} />}
            {other && otherDrawn && <Lanes {...common} name={name(other)} drawn={otherDrawn} ties={other.ties} />}
          </div>
        )}
        {state.link && <Drawer code={state.link} order={order} />}
      </div>
    </>
  );
}

/** The leaves that the table lists: those that the drawing would show with nothing folded. */
function listedLinks(answer: Answer, { all, states }: Shown) {
  return answer.links.filter((l) => l.leaf && (states.size === 0 || states.has(l.verdict.state)) && (all || !isHidden(l.verdict.state)));
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
