import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../address';
import { graphql } from '../gql';
import type { FrameQuery } from '../gql/graphql';
import { useQuestion } from '../graphql';
import { day, inLanguage, percent } from '../parts/format';

const ContextQuestion = graphql(`
  query Context($region: ID!) {
    gaps(region: $region, first: 1) {
      dataDate dataDates { oldest median newest undated }
      coverage { companies attributed share }
      peers { code name }
      frames { name populationLabel { zh en } date referenceDate comparable large sources coverage { companies attributed share } }
    }
  }
`);

/** How old data are before the bar warns of it, in years. */
const oldYears = 3;

/** Population, reference, day and coverage: never out of sight, and the same for each screen. */
export function Context({ frame }: { frame?: FrameQuery }) {
  const { t } = useTranslation();
  const { state, language } = useAddress();
  const { data } = useQuestion(ContextQuestion, { region: state.region! });
  const gaps = data?.gaps;
  const widest = gaps?.frames.filter((f) => f.comparable).sort((a, b) => b.coverage.companies - a.coverage.companies)[0];
  const median = gaps?.dataDates.median;
  const years = median ? new Date().getFullYear() - Number(median.slice(0, 4)) : 0;
  const parts: [string, React.ReactNode][] = !gaps ? [] : [
    [t('population'), (
      <Popover key="p" trigger={['hover', 'focus', 'click']} content={(
        <ul>
          {gaps.frames.map((f) => (
            <li key={f.name}>
              {inLanguage(f.populationLabel, language)} · {f.date ?? t('noDate')} · {t('knownText', { ...f.coverage, share: percent(f.coverage.share ?? 0) })}
            </li>
          ))}
        </ul>
      )}>
        <button type="button" className="as-text">
          {widest ? `${inLanguage(widest.populationLabel, language)}${widest.date ? ` ${day(widest.date)}` : ''}` : t('noPopulation')} ▾
        </button>
      </Popover>
    )],
    [t('against'), gaps.peers.length > 0 ? gaps.peers.map((p) => p.name).join('、') : t('wholeCountry')],
    [t('asOf'), gaps.dataDates.oldest ? `${gaps.dataDates.oldest} – ${gaps.dataDates.newest}` : t('noDate')],
    [t('known'), t('knownText', { ...gaps.coverage, share: percent(gaps.coverage.share ?? 0) })],
  ];
  return (
    <div className="context">
      <dl>{parts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {years >= oldYears && <span className="warning">▲ {t('staleData', { years })}</span>}
      <span className="end">
        {frame?.meta.synthetic && `${t('sample')} · `}
        {frame && t('version', { version: frame.meta.version })}
      </span>
    </div>
  );
}
