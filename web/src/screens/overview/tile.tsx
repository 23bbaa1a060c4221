import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../../address';
import { StateBar, StateIcon, stateOrder } from '../../parts/marks';
import type { Counts } from './summary';

interface Props { region: string; code: string; name: string; counts: Counts; links: number; companies?: number }

/** An ecosystem: bar, six counts that lead to its map, companies. */
export function Tile({ region, code, name, counts, links, companies }: Props) {
  const { t } = useTranslation();
  const { to } = useAddress();
  return (
    <section className="card tile" aria-label={name}>
      <header><h2>{name}</h2><span className="quiet">{t('overview.leafLinks', { count: links })}</span></header>
      <div className="body">
        <StateBar counts={counts} />
        <ul className="counts">
          {stateOrder.map((s) => (
            <li key={s}>
              <Link to={to('map', { region, eco: code, state: s })} title={t(`stateMeaning.${s}`)}>
                <StateIcon state={s} className={`icon tint ${s}`} /><span>{t(`state.${s}`)}</span><b>{counts[s] ?? 0}</b>
              </Link>
            </li>
          ))}
        </ul>
        <p className="foot">
          <span>{companies === undefined ? t('overview.companiesUnknown') : t('overview.companiesHere', { count: companies })}</span>
          <Link to={to('map', { region, eco: code })}>{t('overview.seeMap')} ›</Link>
        </p>
      </div>
    </section>
  );
}
