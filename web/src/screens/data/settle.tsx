import { useTranslation } from 'react-i18next';

import type { Choice } from './door';
import { keyOf, type Doubt } from './doubts';

interface Props { doubts: Doubt[]; settled: ReadonlyMap<string, string>; settle: (d: Doubt, text: string | undefined) => void }

/** How many values are asked about at once. */
const most = 30;

/** Values that may mean several things, each with what it may mean to choose from. */
export function Settle({ doubts, settled, settle }: Props) {
  const { t } = useTranslation();
  if (doubts.length === 0) return null;
  const done = doubts.filter((d) => settled.has(keyOf(d))).length;
  return (
    <section className="card" aria-label={t('data.doubts')}>
      <header><h2>{t('data.doubts')}</h2><span className="quiet">{t('data.doubtCount', { done, count: doubts.length })}</span></header>
      {doubts.slice(0, most).map((d) => <Question key={keyOf(d)} doubt={d} chosen={settled.get(keyOf(d))} choose={(text) => settle(d, text)} />)}
      {doubts.length > most && <p className="body quiet">{t('data.doubtsBeyond', { count: doubts.length - most })}</p>}
    </section>
  );
}

function Question({ doubt, chosen, choose }: { doubt: Doubt; chosen?: string; choose: (text: string | undefined) => void }) {
  const { t } = useTranslation();
  const name = keyOf(doubt);
  return (
    <fieldset className="doubt">
      <legend>{t('data.doubt', { value: doubt.value })} <span className="quiet">{doubt.file} · {t('data.columnNamed', { column: doubt.column })} · {t('data.doubtRows', { count: doubt.rows })}</span></legend>
      {doubt.choices.map((c) => (
        <label key={c.text}><input type="radio" name={name} checked={chosen === c.text} onChange={() => choose(c.text)} /> <Meaning choice={c} /></label>
      ))}
      <label><input type="radio" name={name} checked={chosen === undefined} onChange={() => choose(undefined)} /> {t('data.doubtLeft')}</label>
    </fieldset>
  );
}

/** What a value may mean: from the whole to the part, and what is written for it. */
function Meaning({ choice }: { choice: Choice }) {
  const path = [...(choice.within ?? []), choice.name ?? choice.text].join(' › ');
  return <span>{path}{choice.name !== undefined && <> <code className="quiet">{choice.text}</code></>}</span>;
}
