import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import type { VerdictAction, VerdictOrder } from '../../gql/graphql';
import { ask } from '../../graphql';
import { saveFile } from '../../parts/browser';
import { fileName } from './filters';

interface Paper { name: string; file: Blob }

interface Asked { region: string; ecosystem?: string; actions: VerdictAction[]; role?: string; orderBy: VerdictOrder }

/** Fetches a paper that the service makes; it fails with the sentence of the service. */
async function fetchPaper(name: string, asked: URLSearchParams, busy: string): Promise<Paper> {
  const answer = await ask(`/papers/${name}?${asked}`);
  if (!answer.ok) {
    const body = (await answer.json()) as { errors?: { message: string }[] };
    throw new Error(body.errors?.[0]?.message ?? busy);
  }
  return { name: fileName(answer.headers.get('Content-Disposition') ?? '', name), file: await answer.blob() };
}

/** The papers of the meeting, made by the service from the question of the screen. */
export function Papers({ region, ecosystem, actions, role, orderBy }: Asked) {
  const { t } = useTranslation();
  const { language, population, asOf } = useAddress();
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<Paper[]>([]);
  const [said, say] = useState<{ text: string; fault: boolean }>();
  const make = async () => {
    setBusy(true);
    setMade([]);
    say(undefined);
    const began = performance.now();
    try {
      const asked = new URLSearchParams({ region, lang: language, limit: '0', 'order-by': orderBy });
      if (population) asked.set('population', population);
      if (asOf) asked.set('as-of', asOf);
      if (ecosystem) asked.set('ecosystem', ecosystem);
      if (role) asked.set('declared-role', role);
      for (const a of actions) asked.append('action', a);
      const papers: Paper[] = [];
      for (const form of ['docx', 'xlsx']) papers.push(await fetchPaper(`meeting.${form}`, asked, t('failure.busy')));
      for (const p of papers) saveFile(p.file, p.name);
      setMade(papers);
      say({ text: t('battle.made', { seconds: ((performance.now() - began) / 1000).toFixed(1) }), fault: false });
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
        <ul className="parts"><li>{t('battle.documentHolds')}</li><li>{t('battle.workbookHolds')}</li></ul>
        <Button type="primary" block loading={busy} onClick={() => void make()}>{t('battle.make')}</Button>
        <p role={said?.fault ? 'alert' : 'status'} className={said?.fault ? 'fault' : 'quiet'}>{said?.text ?? ''}</p>
        {made.length > 0 && (
          <ul className="parts">
            {made.map((p) => <li key={p.name}><button type="button" className="link" onClick={() => saveFile(p.file, p.name)}>{p.name}</button></li>)}
          </ul>
        )}
      </div>
    </section>
  );
}
