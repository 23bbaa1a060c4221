import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { populations, useAddress } from '../address';
import { graphql } from '../gql';
import type { ContextQuery, FrameQuery } from '../gql/graphql';
import { useQuestion } from '../graphql';
import { day, inLanguage, percent, today } from '../parts/format';
import { DayPicker } from './day';
import type { Opened } from './keys';

const ContextQuestion = graphql(`
  query Context($region: ID!, $population: Population) {
    gaps(region: $region, population: $population, first: 1) {
      dataDate dataDates { oldest median newest undated }
      coverage { companies attributed share }
      region { name }
      peers { code name }
      frames { name population populationLabel { zh en } date comparable large coverage { companies attributed share } }
    }
    populations(region: $region, first: 100) {
      nodes { population populationLabel { zh en } complete date scope { caption } coverage { companies attributed share } }
    }
  }
`);

/** The answer that the context bar and its strip are made of. */
export function useContextAnswer(region: string): ContextQuery | undefined {
  return useQuestion(ContextQuestion, { region }).data;
}

/** How old data are before the bar warns of it, in years. */
const oldYears = 3;

interface Shown { frame?: FrameQuery; context?: ContextQuery; opened: Opened; open: (picker: Opened) => void }

/** Population, reference, day and coverage: never out of sight, and the same for each screen. */
export function Context({ frame, context, opened, open }: Shown) {
  const { t } = useTranslation();
  const { asOf } = useAddress();
  const gaps = context?.gaps;
  const median = gaps?.dataDates.median;
  const years = median ? Number((asOf ?? today()).slice(0, 4)) - Number(median.slice(0, 4)) : 0;
  const parts: [string, React.ReactNode][] = !gaps ? [] : [
    [t('population'), <PopulationPicker key="p" context={context} opened={opened === 'population'} open={(on) => open(on ? 'population' : undefined)} />],
    [t('against'), gaps.peers.length > 0 ? gaps.peers.map((p) => p.name).join('、') : t('wholeCountry')],
    [t('asOf'), (
      <DayPicker key="d" range={gaps.dataDates.oldest ? `${gaps.dataDates.oldest} – ${gaps.dataDates.newest}` : t('noDate')}
        opened={opened === 'day'} open={(on) => open(on ? 'day' : undefined)} />
    )],
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

/** The value of the picker where no population is named. */
const automatic = 'auto';

/** The populations that are complete here, and that of the address; by default the widest comparable one counts. */
function PopulationPicker({ context, opened, open }: { context: ContextQuery; opened: boolean; open: (open: boolean) => void }) {
  const { t } = useTranslation();
  const { state, set, language, population } = useAddress();
  const held = context.populations?.nodes ?? [];
  const widest = context.gaps?.frames.find((f) => f.comparable) ?? context.gaps?.frames[0];
  const dated = (f: { populationLabel: { zh: string; en: string }; date?: string | null }) =>
    `${inLanguage(f.populationLabel, language)}${f.date ? ` ${day(f.date)}` : ''}`;
  const options = Object.entries(populations).flatMap(([word, p]) => {
    const all = held.filter((h) => h.population === p);
    const one = all.find((h) => h.complete && h.scope.length === 0) ?? all.find((h) => h.complete) ?? all[0];
    if (!one || (!one.complete && p !== population)) return [];
    const counted = one.complete && one.coverage ? t('knownText', { ...one.coverage, share: percent(one.coverage.share ?? 0) }) : t('notComplete');
    const detail = [...one.scope.map((s) => s.caption), counted].join(' · ');
    return [{ value: word, label: dated(one), detail }];
  });
  const auto = { value: automatic, label: t('populationAuto', { widest: !population && widest ? dated(widest) : t('widestComparable') }), detail: '' };
  if (!population && !widest) auto.label = t('populationAuto', { widest: t('noPopulation') });
  return (
    <Select
      id="population" size="small" variant="borderless" aria-label={t('pickPopulation')} popupMatchSelectWidth={false} className="population"
      value={state.pop ?? automatic} options={[auto, ...options]} open={opened} onOpenChange={open}
      optionRender={(o) => <>{o.label} <span className="quiet">{o.data.detail}</span></>}
      onSelect={(word: string) => { open(false); set({ pop: word === automatic ? undefined : word }); }}
    />
  );
}

/** What would bring strength back where no population is comparable: a directory shows as presence only. */
export function Strength({ context }: { context?: ContextQuery }) {
  const { t } = useTranslation();
  const { language, population } = useAddress();
  const gaps = context?.gaps;
  if (!gaps || gaps.frames.some((f) => f.comparable)) return null;
  const one = gaps.frames[0] ?? context.populations?.nodes.find((h) => h.population === population);
  const named = one && (population || gaps.frames.length > 0) ? inLanguage(one.populationLabel, language) : t('anyPopulation');
  const words = {
    population: named, region: gaps.region.name ?? '', against: gaps.peers.length > 0 ? gaps.peers.map((p) => p.name).join('、') : t('theCountry'),
  };
  return <p className="strip" role="status">{t(gaps.frames.length > 0 ? 'populationLacksThere' : population ? 'populationLacks' : 'populationNone', words)}</p>;
}
