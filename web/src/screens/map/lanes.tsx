import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import type { VerdictState } from '../../gql/graphql';
import { hereOfExpected, percent } from '../../parts/format';
import { StateIcon, stateOrder } from '../../parts/marks';
import { named } from '../../parts/names';
import { Lines } from './lines';
import { codeOf, countsOfGroup, isAlone, neighbour, type Group, type Lane, type MapLink } from './layout';
import { bundlesOf, groupsByLink, type Tie } from './ties';

interface Props {
  drawn: Map<Lane, Group[]>; all: boolean; shows: (s: VerdictState) => boolean; feeders: Set<string>; order: string[];
  hover: (code?: string) => void; ties: readonly Tie[]; fed?: string;
}

/** The lanes of a chain. They are one stop of the Tab key; the arrows walk the cells. */
export function Lanes({ drawn, all, shows, feeders, order, hover, ties, fed }: Props) {
  const { t } = useTranslation();
  const { state } = useAddress();
  const box = useRef<HTMLDivElement>(null);
  const groupOf = useMemo(() => groupsByLink(drawn), [drawn]);
  const bundles = useMemo(() => bundlesOf(ties, groupOf), [ties, groupOf]);
  const reachable = order.includes(state.link ?? '') ? state.link : order[0];
  const move = (event: KeyboardEvent) => {
    const code = (event.target as HTMLElement).dataset.code;
    if (!code) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
    const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    const next = step ? neighbour(order, code, step) : side ? beside(drawn, order, code, side) : undefined;
    if (!next) return;
    event.preventDefault();
    box.current?.querySelector<HTMLElement>(`[data-code="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className="lanes" ref={box} onKeyDown={move} role="group" aria-label={t('map.drawing')}>
      <Lines bundles={bundles} groupOf={groupOf} code={fed} feeders={feeders} walk={order} />
      {[...drawn].map(([lane, groups]) => (
        <section key={lane} className={groups.length > 3 ? 'lane wide' : 'lane'} aria-label={t(`map.lane.${lane}`)}>
          <h2>{t(`map.lane.${lane}`)} <span className="quiet">{t('map.laneCount', { count: groups.reduce((n, g) => n + g.cells.length, 0) })}</span></h2>
          <div className="groups">
            {groups.filter((g) => all || g.cells.length > 0).map((g) => <GroupBox key={g.code} group={g} all={all} shows={shows} feeders={feeders} reachable={reachable} hover={hover} />)}
          </div>
        </section>
      ))}
    </div>
  );
}

/** The first cell of the lane to the right or left. */
function beside(drawn: Map<Lane, Group[]>, order: string[], code: string, side: 1 | -1): string | undefined {
  const all = [...drawn.values()].map((groups) => groups.flatMap((g) => [...g.cells, ...g.hidden].map(codeOf)).filter((c) => order.includes(c)));
  return all[all.findIndex((codes) => codes.includes(code)) + side]?.[0];
}

interface GroupProps extends Omit<Props, 'drawn' | 'order' | 'ties' | 'fed'> { group: Group; reachable?: string }

function GroupBox({ group, all, shows, feeders, reachable, hover }: GroupProps) {
  const { t } = useTranslation();
  const { state, set, language } = useAddress();
  const folds = new Set((state.fold ?? '').split(',').filter(Boolean));
  const folded = folds.has(group.code);
  const alone = isAlone(group);
  const fold = () => {
    if (!folds.delete(group.code)) folds.add(group.code);
    set({ fold: [...folds].join(',') || undefined }, true);
  };
  const cells = (all ? [...group.cells, ...group.hidden] : group.cells).filter((c) => shows(c.verdict.state));
  const counts = countsOfGroup(group);
  const companies = group.head.verdict.numbers.companies;
  return (
    <div data-group={group.code} className={feeders.has(group.code) ? 'group feeds' : 'group'}>
      {!alone && (
        <h3>
          <button type="button" aria-expanded={!folded} onClick={fold} title={t('map.fold')}>{folded ? '▸' : '▾'}</button>
          <button type="button" className="name" onClick={() => set({ link: group.code })}>{named(group.head.verdict.link, language)}</button>
          <span className="quiet">{t('map.groupCount', { companies, links: group.cells.length })}</span>
        </h3>
      )}
      {folded && !alone && (
        <p className="folded">{stateOrder.filter((s) => counts.get(s)).map((s) => (
          <span key={s}><StateIcon state={s} className={`icon tint ${s}`} /><span className="hidden">{t(`state.${s}`)}</span>{counts.get(s)}</span>
        ))}</p>
      )}
      {(!folded || alone) && cells.map((c) => (
        <Cell key={codeOf(c)} link={c} whole={c === group.head && !alone} feeds={feeders.has(codeOf(c))} reachable={codeOf(c) === reachable} hover={hover} />
      ))}
      {!folded && !all && group.hidden.length > 0 && <p className="quiet rest">{t('map.groupHidden', { count: group.hidden.length })}</p>}
    </div>
  );
}

function Cell({ link, whole, feeds, reachable, hover }: { link: MapLink; whole: boolean; feeds: boolean; reachable: boolean; hover: (code?: string) => void }) {
  const { t } = useTranslation();
  const { state, set, language } = useAddress();
  const v = link.verdict;
  const code = codeOf(link);
  const name = whole ? t('map.whole', { link: named(v.link, language) }) : named(v.link, language);
  return (
    <button type="button" data-code={code} tabIndex={reachable ? 0 : -1} aria-current={state.link === code ? 'true' : undefined}
      className={`cell ${v.state}${feeds ? ' feeds' : ''}${v.link.declaredRole === 'RESTRICTED' ? ' restricted' : ''}`}
      onClick={() => set({ link: code })} onMouseEnter={() => hover(code)} onMouseLeave={() => hover(undefined)} onFocus={() => hover(code)} onBlur={() => hover(undefined)}>
      <span className="first"><StateIcon state={v.state} className={`icon tint ${v.state}`} /><span className="name" title={name}>{name}</span><span className="word">{t(`state.${v.state}`)}</span></span>
      <span className="second">
        <span>{t('map.local')} <b>{hereOfExpected(v.numbers.companies, v.numbers.expected)}</b></span>
        {link.candidates != null && <span>{t('map.candidates')} <b>{link.candidates}</b></span>}
        {!!link.projects && <span>{t('map.projects')} <b>{link.projects}</b></span>}
        <span className="hidden">{t('map.sure', { share: percent(v.confidence) })}</span>
        <span className="word">{v.action ? t(`action.${v.action}`) : ''}</span>
      </span>
    </button>
  );
}
