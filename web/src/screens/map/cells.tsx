import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { hereOfExpected } from '../../parts/format';
import { StateIcon, stateOrder } from '../../parts/marks';
import { named } from '../../parts/names';
import { cellsOf, codeOf, countsOfGroup, isAlone, type Group, type MapLink, type Shown } from './layout';
import { saidOf } from './said';

interface GroupProps {
  group: Group; shown: Shown;
  /** The codes of its links that feed the link in focus, joined by blanks, so that a group to which none is new stays as it is. */
  feeds: string;
  reachable?: string; hover: (code?: string) => void; fold: (code: string) => void;
}

/** A group of cells. It is drawn anew only when something of its own changes: 2,000 cells do not follow the mouse. */
export const GroupBox = memo(function GroupBox({ group, shown, feeds, reachable, hover, fold }: GroupProps) {
  const { t } = useTranslation();
  const { set, language } = useAddress();
  const alone = isAlone(group);
  const folded = shown.folds.has(group.code) && !alone;
  const feeding = new Set(feeds.split(' '));
  const counts = countsOfGroup(group);
  const companies = group.head.verdict.numbers.companies;
  const name = named(group.head.verdict.link, language);
  return (
    <div data-group={group.code} className={feeding.has(group.code) ? 'group feeds' : 'group'}>
      {!alone && (
        <h3>
          <button type="button" data-fold={group.code} aria-expanded={!folded} aria-label={t(folded ? 'map.unfold' : 'map.fold', { name })} onClick={() => fold(group.code)}>{folded ? '▸' : '▾'}</button>
          <button type="button" className="name" onClick={() => set({ link: group.code })}>{name}</button>
          <span className="quiet">{t('map.groupCount', { companies, links: group.cells.length })}</span>
        </h3>
      )}
      {folded && (
        <p className="folded">{stateOrder.filter((s) => counts.get(s)).map((s) => (
          <span key={s}><StateIcon state={s} className={`icon tint ${s}`} /><span className="hidden">{t(`state.${s}`)}</span>{counts.get(s)}</span>
        ))}</p>
      )}
      {!folded && cellsOf(group, shown).map((c) => (
        <Cell key={codeOf(c)} link={c} whole={c === group.head && !alone} feeds={feeding.has(codeOf(c))} reachable={codeOf(c) === reachable} hover={hover} />
      ))}
      {!folded && !shown.all && group.hidden.length > 0 && <p className="quiet rest">{t('map.groupHidden', { count: group.hidden.length })}</p>}
    </div>
  );
});

interface CellProps { link: MapLink; whole: boolean; feeds: boolean; reachable: boolean; hover: (code?: string) => void }

const Cell = memo(function Cell({ link, whole, feeds, reachable, hover }: CellProps) {
  const { t } = useTranslation();
  const { state, set, language } = useAddress();
  const v = link.verdict;
  const code = codeOf(link);
  const name = whole ? t('map.whole', { link: named(v.link, language) }) : named(v.link, language);
  return (
    <button type="button" data-code={code} tabIndex={reachable ? 0 : -1} aria-current={state.link === code ? 'true' : undefined}
      className={`cell ${v.state}${feeds ? ' feeds' : ''}${v.link.declaredRole === 'RESTRICTED' ? ' restricted' : ''}`}
      onClick={() => set({ link: code })} onMouseEnter={() => hover(code)} onMouseLeave={() => hover(undefined)} onFocus={() => hover(code)} onBlur={() => hover(undefined)}>
      <span className="hidden">{saidOf(link, name, t)}</span>
      <span className="first" aria-hidden="true"><StateIcon state={v.state} className={`icon tint ${v.state}`} /><span className="name" title={name}>{name}</span><span className="word">{t(`state.${v.state}`)}</span></span>
      <span className="second" aria-hidden="true">
        <span>{t('map.local')} <b>{hereOfExpected(v.numbers.companies, v.numbers.expected)}</b></span>
        {link.candidates != null && <span>{t('map.candidates')} <b>{link.candidates}</b></span>}
        {!!link.projects && <span>{t('map.projects')} <b>{link.projects}</b></span>}
        <span className="word">{v.action ? t(`action.${v.action}`) : ''}</span>
      </span>
    </button>
  );
});
