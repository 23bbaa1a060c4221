import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress, writeState } from '../../address';
import { hereOfExpected, oneDigit, percent } from '../../parts/format';
import { ActionMark, StateMark } from '../../parts/marks';
import { named } from '../../parts/names';
import { codeOf, type MapLink } from './layout';

/** The links of the map as a table, the most urgent first. */
export function MapTable({ links }: { links: MapLink[] }) {
  const { t } = useTranslation();
  const { state, language } = useAddress();
  const sorted = [...links].sort((a, b) => (b.verdict.priority ?? -1) - (a.verdict.priority ?? -1));
  return (
    <div className="card table">
      <table className="plain">
        <thead>
          <tr>
            <th>{t('map.link')}</th><th>{t('map.position')}</th><th>{t('map.verdict')}</th><th>{t('map.action')}</th>
            <th className="number">{t('map.hereExpected')}</th><th className="number">{t('map.sureHead')}</th><th className="number">{t('map.priority')}</th>
            <th className="number">{t('map.candidates')}</th><th className="number">{t('map.projects')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((l) => (
            <tr key={codeOf(l)}>
              <td><Link data-code={codeOf(l)} to={'/map' + writeState({ ...state, link: codeOf(l) })}>{named(l.verdict.link, language)}</Link></td>
              <td>{l.verdict.link.position ? t(`map.lane.${l.verdict.link.position}`) : '–'}</td>
              <td><StateMark state={l.verdict.state} /></td>
              <td><ActionMark action={l.verdict.action} /></td>
              <td className="number">{hereOfExpected(l.verdict.numbers.companies, l.verdict.numbers.expected)}</td>
              <td className="number">{percent(l.verdict.confidence)}</td>
              <td className="number">{l.verdict.priority == null ? '–' : oneDigit(l.verdict.priority * 100)}</td>
              <td className="number">{l.candidates ?? '–'}</td>
              <td className="number">{l.projects ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
