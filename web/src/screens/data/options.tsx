import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Options } from './door';

const grades = ['A', 'B', 'C', 'D'];
const populations = ['registered', 'above_scale', 'certified', 'listed', 'selection'];
const kinds = ['Company', 'Project', 'Intermediary', 'Link', 'Chain'];
const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'];

/** What the rows themselves may not state; each may be left out. */
export function OptionsForm({ options, change }: { options: Options; change: (o: Options) => void }) {
  const { t } = useTranslation();
  const set = (more: Options) => change({ ...options, ...more });
  const choice = (key: 'grade' | 'population' | 'kind' | 'encoding', values: string[], label: (v: string) => string) => (
    <label>
      {t(`data.option.${key}`)}
      <Select allowClear aria-label={t(`data.option.${key}`)} value={options[key]} placeholder={t(`data.optionHelp.${key}`)}
        onChange={(v: string | undefined) => set({ [key]: v })} options={values.map((v) => ({ value: v, label: label(v) }))} />
    </label>
  );
  return (
    <div className="fields">
      <label>{t('data.option.source')}<Input value={options.source ?? ''} placeholder={t('data.optionHelp.source')} onChange={(e) => set({ source: e.target.value })} /></label>
      <label>{t('data.option.asOf')}<Input type="date" value={options.asOf ?? ''} onChange={(e) => set({ asOf: e.target.value })} /></label>
      {choice('grade', grades, (g) => t(`data.grade.${g}`))}
      {choice('population', populations, (p) => t(`data.population.${p.toUpperCase()}`))}
      <label>{t('data.option.completeIn')}<Input value={options.completeIn ?? ''} placeholder={t('data.optionHelp.completeIn')} onChange={(e) => set({ completeIn: e.target.value })} /></label>
      {choice('kind', kinds, (k) => t(`data.kind.${k}`))}
      {choice('encoding', encodings, (e) => e)}
      <label>{t('data.option.sheet')}<Input value={options.sheet ?? ''} placeholder={t('data.optionHelp.sheet')} onChange={(e) => set({ sheet: e.target.value })} /></label>
      <label>{t('data.option.headerRow')}<InputNumber min={1} value={options.headerRow ?? null} placeholder={t('data.optionHelp.headerRow')} style={{ width: '100%' }} onChange={(n) => set({ headerRow: n ?? undefined })} /></label>
    </div>
  );
}
