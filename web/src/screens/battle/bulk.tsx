import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { copyText } from '../../parts/browser';
import { hereOfExpected, oneDigit, percent } from '../../parts/format';
import { named } from '../../parts/names';
import { asTable, type Declared } from './declared';
import { DeclareForm } from './form';
import { whyText } from './rows';
import type { Ranked } from './table';

interface Props {
  rows: Ranked[];
  busy: boolean;
  declare?: (rows: Ranked[], wanted: Declared) => Promise<boolean>;
  clear: () => void;
}

/** What can be done with the ticked rows together. */
export function Bulk({ rows, busy, declare, clear }: Props) {
  const { t } = useTranslation();
  const { language } = useAddress();
  const [open, setOpen] = useState(false);
  const [said, say] = useState('');
  const copy = async () => {
    const head = [
      '#', t('battle.linkShort'), t('battle.chainShort'), t('battle.verdict'), t('battle.action'), t('battle.companies'), t('battle.sure'), t('battle.priority'),
      t('battle.role'), t('battle.owner'), t('battle.due'), t('battle.why'),
    ];
    const text = asTable(head, rows.map(({ verdict: v, rank, declared }) => ({
      rank, name: named(v.link, language), chain: v.link.chain ? named(v.link.chain, language) : '', state: t(`state.${v.state}`), action: t(`action.${v.action}`),
      companies: hereOfExpected(v.numbers.companies, v.numbers.expected), sure: percent(v.confidence), priority: v.priority == null ? '–' : oneDigit(v.priority * 100),
      declared: { ...declared, role: declared.role && t(`map.roles.${declared.role}`) }, why: whyText(v, language),
    })));
    say(await copyText(text) ? t('battle.copied', { count: rows.length }) : t('battle.notCopied'));
  };
  const save = async (wanted: Declared) => { if (await declare?.(rows, wanted)) setOpen(false); };
  return (
    <div className="bulk no-print" role="group" aria-label={t('battle.bulk')}>
      <b>{t('battle.tickedCount', { count: rows.length })}</b>
      <Button size="small" onClick={() => void copy()}>{t('battle.copyRows')}</Button>
      {declare && <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t('battle.declareRows')}</Button>}
      <Button size="small" type="text" onClick={clear}>{t('battle.untick')}</Button>
      <span role="status" className="quiet">{said}</span>
      {open && <DeclareForm was={{}} of={t('battle.tickedCount', { count: rows.length })} busy={busy} save={(w) => void save(w)} cancel={() => setOpen(false)} />}
    </div>
  );
}
