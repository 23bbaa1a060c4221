import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { labelOf } from './labels';
import { meanings, unused, type Column } from './mapping';

interface Props { columns: Column[]; samples: Map<string, string>; changed: Set<string>; choose: (c: Column, meaning: string) => void }

/** How each column is understood, with a choice of another meaning. */
export function Columns({ columns, samples, changed, choose }: Props) {
  const { t } = useTranslation();
  const { language } = useAddress();
  const word = (meaning: string) => {
    const [kind, property] = meaning.split('.') as [string, string?];
    return property === undefined || property === 'within' ? t(`data.meaning.${meaning || 'unused'}`, { defaultValue: meaning }) : labelOf(kind, property, language);
  };
  const used = columns.filter((c) => c.meaning !== unused).length;
  return (
    <section className="card">
      <header><h2>{t('data.columns')}</h2><span className="quiet">{t('data.columnCount', { used, count: columns.length })}</span></header>
      <div className="scrolls" tabIndex={0} role="region" aria-label={t('data.columns')}>
        <table className="plain">
          <thead><tr>{['column', 'sample', 'meaning', 'basis'].map((h) => <th key={h}>{t(`data.head.${h}`)}</th>)}</tr></thead>
          <tbody>
            {columns.map((c) => {
              const key = `${c.file}\n${c.column}`;
              const choices = meanings.includes(c.meaning) || c.meaning === unused ? meanings : [c.meaning, ...meanings];
              return (
                <tr key={key} className={c.meaning === unused && !changed.has(key) ? 'open' : undefined}>
                  <td><b>{c.column}</b></td>
                  <td className="long">{samples.get(c.column) || t('none')}</td>
                  <td>
                    <Select size="small" style={{ width: '100%', minWidth: 150 }} value={c.meaning} aria-label={t('data.meaningOf', { column: c.column })} showSearch={{ optionFilterProp: 'label' }}
                      onChange={(m: string) => choose(c, m)} options={[unused, ...choices].map((m) => ({ value: m, label: word(m) }))} />
                  </td>
                  <td>{t(changed.has(key) ? 'data.chosen' : c.meaning === unused ? 'data.notRecognised' : 'data.recognised')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
