import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

import { useAddress } from '../address';
import { graphql } from '../gql';
import type { FrameQuery } from '../gql/graphql';
import { ask, useQuestion } from '../graphql';
import { copyText } from '../parts/browser';
import { named } from '../parts/names';
import { RegionSelect, type Region } from '../parts/regions';

const EcosystemsQuestion = graphql(`query Ecosystems { ecosystems(first: 20) { nodes { code name englishName } } }`);
const KeptQuestion = graphql(`query Kept { meta { temporary } }`);

/** What POST /setup answers. */
interface Made { path: string; command: string; region: { code: string; name: string } }

interface Wish { region: string; ecosystems: string[]; sample: boolean }

/** Has the service make the graph; it fails with the sentence of the service. */
async function setUp(wish: Wish, busy: string): Promise<Made> {
  const answer = await ask('/setup', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wish) });
  const body = (await answer.json().catch(() => undefined)) as (Made & { errors?: { message: string }[] }) | undefined;
  if (!answer.ok || !body) throw new Error(body?.errors?.[0]?.message ?? busy);
  return body;
}

/** Whether the service answers from the graph that is kept, which it does soon after making it. */
function useKept(made: boolean): boolean {
  const client = useClient();
  const [kept, setKept] = useState(false);
  useEffect(() => {
    if (!made) return;
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    const look = async () => {
      const { data } = await client.query(KeptQuestion.toString(), {}).toPromise() as { data?: { meta: { temporary: boolean } } };
      if (left) return;
      if (data?.meta.temporary === false) setKept(true);
      else timer = setTimeout(() => void look(), 200);
    };
    void look();
    return () => { left = true; clearTimeout(timer); };
  }, [client, made]);
  return kept;
}

/** The dialog that makes a graph of one's own out of a demonstration. */
export default function Setup({ region, onClose }: { region?: FrameQuery['region']; onClose: () => void }) {
  const { t } = useTranslation();
  const { state, to } = useAddress();
  const { data } = useQuestion(EcosystemsQuestion, {});
  const [place, setPlace] = useState<Region>({ code: region?.code ?? state.region!, name: region?.name ?? undefined });
  const [left, setLeft] = useState<string[]>([]);
  const [sample, setSample] = useState(true);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const [made, setMade] = useState<Made>();
  const kept = useKept(made !== undefined);
  const all = data?.ecosystems?.nodes ?? [];
  const chosen = all.map((e) => e.code ?? '').filter((code) => !left.includes(code));
  const make = async () => {
    setBusy(true);
    setFault('');
    try {
      setMade(await setUp({ region: place.code, ecosystems: chosen, sample }, t('failure.busy')));
    } catch (error) {
      setFault(error instanceof TypeError ? t('failure.offline') : (error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  // All that the page knows is of the graph that is gone, so it begins anew.
  const begin = () => location.assign(to(sample ? 'overview' : 'data', { region: made?.region.code }));
  return (
    <Modal
      open className="setup-dialog" title={t('setup.title')} onCancel={made ? () => { if (kept) begin(); } : onClose} mask={{ closable: false }} closable={!busy} keyboard={!busy}
      footer={made ? <Button key={String(kept)} type="primary" autoFocus={kept} disabled={!kept} loading={!kept} onClick={begin}>{t('setup.begin')}</Button> : (
        <>
          <Button disabled={busy} onClick={onClose}>{t('setup.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={chosen.length === 0} onClick={() => void make()}>{t('setup.make')}</Button>
        </>
      )}
    >
      {made ? <Result made={made} /> : (
        <div className="setup">
          <p>{t('setup.about')}</p>
          <div><div className="name">{t('setup.region')}</div><RegionSelect id="setup-region" width="100%" value={place} onChoose={setPlace} /></div>
          <fieldset disabled={busy}>
            <legend>{t('setup.ecosystems')}</legend>
            <Ecosystems all={all} left={left} setLeft={setLeft} />
            {chosen.length < all.length && <p className="quiet" role="status">{t(chosen.length === 0 ? 'setup.noEcosystem' : 'setup.few')}</p>}
          </fieldset>
          <fieldset disabled={busy}>
            <legend>{t('setup.contents')}</legend>
            {[true, false].map((taken) => (
              <label key={String(taken)}>
                <input type="radio" name="sample" checked={sample === taken} onChange={() => setSample(taken)} />
                <span>{t(taken ? 'setup.sample' : 'setup.none')}<span className="quiet">{t(taken ? 'setup.sampleHelp' : 'setup.noneHelp')}</span></span>
              </label>
            ))}
          </fieldset>
          <p role={fault ? 'alert' : 'status'} className={fault ? 'fault' : 'quiet'}>{fault || (busy ? t('setup.busy') : '')}</p>
        </div>
      )}
    </Modal>
  );
}

type Ecosystem = { code?: string | null; name?: string | null; englishName?: string | null };

/** The ecosystems to choose from: all, until some are left out. */
function Ecosystems({ all, left, setLeft }: { all: Ecosystem[]; left: string[]; setLeft: (left: string[]) => void }) {
  const { language } = useAddress();
  return all.map((e) => {
    const code = e.code ?? '';
    return (
      <label key={code}>
        <input type="checkbox" checked={!left.includes(code)} onChange={({ target }) => setLeft(target.checked ? left.filter((c) => c !== code) : [...left, code])} />
        {named(e, language)}
      </label>
    );
  });
}

/** Where the graph is, and how to start the program with it. */
function Result({ made }: { made: Made }) {
  const { t } = useTranslation();
  const [said, say] = useState('');
  const copy = async () => say(await copyText(made.command) ? t('copied') : t('copyFailed'));
  return (
    <div className="setup" role="status">
      <p>{t('setup.made', { region: made.region.name })}<br /><code>{made.path}</code></p>
      <p>{t('setup.next')}<br /><code>{made.command}</code></p>
      <p><Button onClick={() => void copy()}>{t('setup.copy')}</Button> <span className="quiet">{said}</span></p>
      <p>{t('setup.bookmark')}</p>
    </div>
  );
}
