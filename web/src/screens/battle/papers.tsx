import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import type { VerdictAction } from '../../gql/graphql';
import { ask } from '../../graphql';
import { saveFile } from '../../parts/browser';
import { fileName } from './filters';

/** The list of the screen as a workbook, made by the service from the same question. */
export function Papers({ region, ecosystem, actions }: { region: string; ecosystem?: string; actions: VerdictAction[] }) {
  const { t } = useTranslation();
  const { language } = useAddress();
  const [busy, setBusy] = useState(false);
  const [said, say] = useState<{ text: string; fault: boolean }>();
  const make = async () => {
    setBusy(true);
    say(undefined);
    const began = performance.now();
    try {
      const asked = new URLSearchParams({ region, lang: language, limit: '0' });
      if (ecosystem) asked.set('ecosystem', ecosystem);
      for (const a of actions) asked.append('action', a);
      const answer = await ask(`/papers/gaps.xlsx?${asked}`);
      if (!answer.ok) {
        const body = (await answer.json()) as { errors?: { message: string }[] };
        throw new Error(body.errors?.[0]?.message ?? t('failure.busy'));
      }
      const name = fileName(answer.headers.get('Content-Disposition') ?? '', 'gaps.xlsx');
      saveFile(await answer.blob(), name);
      say({ text: t('battle.made', { name, seconds: ((performance.now() - began) / 1000).toFixed(1) }), fault: false });
    } catch (fault) {
      say({ text: fault instanceof TypeError ? t('failure.offline') : (fault as Error).message, fault: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card no-print">
      <header><h2>{t('battle.papers')}</h2><span className="quiet">{t('battle.sameQuestion')}</span></header>
      <div className="body">
        <p>{t('battle.paperHolds')}</p>
        <Button type="primary" block loading={busy} onClick={() => void make()}>{t('battle.make')}</Button>
        <p role={said?.fault ? 'alert' : 'status'} className={said?.fault ? 'fault' : 'quiet'}>{said?.text ?? ''}</p>
      </div>
    </section>
  );
}
