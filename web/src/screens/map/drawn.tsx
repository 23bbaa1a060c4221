import type { TFunction } from 'i18next';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import type { VerdictState } from '../../gql/graphql';
import { StateIcon, stateOrder } from '../../parts/marks';
import { named } from '../../parts/names';
import { useNarrow } from '../../parts/narrow';
import { Failure, Waiting } from '../../parts/states';
import { Drawer } from './drawer';
import { Export } from './export';
import { sayFrames } from './frames';
import { useMapKeys } from './keys';
import { Lanes, type Accordion } from './lanes';
import { countsOfLeaves, drawnOrder, feedersOf, isHidden, lanesByUrgency, laneWith, layOut, type Group, type Lane, type Shown } from './layout';
import type { Answer, PeerAnswer } from './map';
import { Likeness, RegionHead } from './peer';
import type { PictureProps } from './picture';
import { MapTable } from './table';

const listed = (text: string | undefined) => new Set((text ?? '').split(',').filter(Boolean));
const nobody: ReadonlySet<string> = new Set();

/** The chain as lanes or as a table, with what filters it, and the drawer of the selected link. */
export function Drawn({ answer, peer }: { answer: Answer; peer?: PeerAnswer }) {
  const { t } = useTranslation();
  const { state, set, language, asOf } = useAddress();
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
  const accordion = useAccordion(drawn, shown);
  const common = { shown, fed, feeders, hover, fold, accordion };
  const today = new Date();
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
  const picture = (): PictureProps => ({
    ...framed(answer, other, shown, t, language, asOf), shown, link: state.link, feeders: fed === state.link ? feeders : nobody, t, language,
    maps: [{ drawn, ties: answer.ties, head: other && `${regionOf(answer)}  ${countsSaid(answer, t)}` }, ...(other && otherDrawn ? [{ drawn: otherDrawn, ties: other.ties, head: `${regionOf(other)}  ${countsSaid(other, t)}` }] : [])],
  });
  return (
    <>
      <Legend answer={answer} all={all} showAll={showAll} feeders={feedersShow} switchFeeders={switchFeeders}>
        {state.view !== 'table' && <Export picture={picture} name={[regionOf(answer), named(answer.chain, language), day]} />}
      </Legend>
      {state.view !== 'table' && <OutsideOnly answer={answer} />}
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

/** A layer whose ties all lead to other chains draws no line, and says why. */
function OutsideOnly({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const layer = answer.layers.find((l) => l.layer === answer.layer);
  if (!layer || layer.ties > 0 || layer.outside === 0) return null;
  return <p className="quiet outside" role="note">{t('map.outsideOnly', { layer: t(`map.layers.${answer.layer}`), count: layer.outside })}</p>;
}

const regionOf = (answer: Answer) => answer.region.name ?? answer.region.code ?? '';

const countsSaid = (answer: Answer, t: TFunction) => {
  const counts = countsOfLeaves(answer.links);
  return stateOrder.filter((s) => counts.get(s)).map((s) => `${t(`state.${s}`)} ${counts.get(s)}`).join(' · ');
};

/** What stands around the drawing that is saved: title, an earlier day, populations and days, what is left out, counts. */
function framed(answer: Answer, other: Answer | undefined, shown: Shown, t: TFunction, language: string, asOf?: string): Pick<PictureProps, 'title' | 'lines' | 'counts'> {
  const judged = (of: Answer) => t('map.export.judged', {
    region: of.region.name, frames: sayFrames(of.frames, language, t) || t('map.peer.noFrame'), day: of.dataDate ?? t('noDate'),
  }) + (of.synthetic ? ` · ${t('sample')}` : '');
  const left = [
    shown.states.size > 0 && t('map.export.only', { states: stateOrder.filter((s) => shown.states.has(s)).map((s) => t(`state.${s}`)).join(t('listSeparator')) }),
    !shown.all && t('map.export.hidden'),
  ].filter(Boolean);
  return {
    title: t('map.export.title', { region: other ? `${regionOf(answer)} / ${regionOf(other)}` : regionOf(answer), chain: named(answer.chain, language), layer: t(`map.layers.${answer.layer}`) }),
    lines: [...(asOf ? [t('map.export.earlier', { day: asOf })] : []), judged(answer), ...(other ? [judged(other)] : []), ...(left.length > 0 ? [left.join(' ')] : [])],
    counts: other ? undefined : countsOfLeaves(answer.links),
  };
}

/** The leaves that the table lists: those that the drawing would show with nothing folded. */
function listedLinks(answer: Answer, { all, states }: Shown) {
  return answer.links.filter((l) => l.leaf && (states.size === 0 || states.has(l.verdict.state)) && (all || !isHidden(l.verdict.state)));
}

/** The lanes of a phone: open are at first the one with the most urgent link and that of the selected link. */
function useAccordion(drawn: Map<Lane, Group[]>, shown: Shown): Accordion | undefined {
  const { state } = useAddress();
  const narrow = useNarrow();
  const [turned, setTurned] = useState<ReadonlyMap<Lane, boolean>>(new Map());
  return useMemo(() => {
    if (!narrow) return undefined;
    const order = lanesByUrgency(drawn, shown);
    const selected = state.link && laneWith(drawn, state.link);
    const open = new Set(order.filter((lane, i) => turned.get(lane) ?? (i === 0 || lane === selected)));
    return { order, open, turn: (lane) => setTurned(new Map(turned).set(lane, !open.has(lane))) };
  }, [narrow, drawn, shown, state.link, turned]);
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

interface LegendProps { answer: Answer; all: boolean; showAll: (all: boolean) => void; feeders: boolean; switchFeeders: () => void; children: ReactNode }

/** What the states look like, how many leaves are in each, and what is drawn of the chain. */
function Legend({ answer, all, showAll, feeders, switchFeeders, children }: LegendProps) {
  const { t } = useTranslation();
  const { state, set } = useAddress();
  const chosen = listed(state.state);
  const counts = countsOfLeaves(answer.links);
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
      <span className="quiet hint">{t('map.hint')}</span>
      {children}
    </div>
  );
}
