import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { Changed } from '../../parts/changes';

interface Pinned { version: number; day: string }
/** What is remembered, and how; false where the browser stores nothing. */
export interface Pin { pinned?: Pinned; remember: (version: number) => boolean }

/** The version that this browser remembers of the last meeting on a region. */
export function usePin(region: string): Pin {
  const key = `liantu.meeting.${region}`;
  const read = (): Pinned | undefined => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
      if (value && typeof value === 'object' && 'version' in value && 'day' in value) return value as Pinned;
    } catch { /* a value of something else, or storage is off: nothing is remembered */ }
    return undefined;
  };
  const [, renew] = useState(0);
  return {
    pinned: read(),
    remember: (version) => {
      const now = new Date();
      const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
      try {
        localStorage.setItem(key, JSON.stringify({ version, day }));
      } catch {
        return false; // storage is off or full
      }
      renew((n) => n + 1);
      return true;
    },
  };
}

/** What changed since the version of the address, or the one that is remembered. */
export function Changes({ region, pin, version }: { region: string; pin: Pin; version: number }) {
  const { t } = useTranslation();
  const { state, asOf } = useAddress();
  const since = state.since ?? (pin.pinned ? `v${pin.pinned.version}` : undefined);
  const same = since === `v${version}`;
  return (
    <section className="card">
      <header>
        <h2>{t('overview.since')}</h2>
        <span className="quiet">{state.since ?? pin.pinned?.day ?? ''}</span>
      </header>
      <div className="body">
        {asOf && <p className="quiet">{t('overview.changesOfNow')}</p>}
        {!asOf && !since && <><p><b>{t('overview.nothingRemembered')}</b></p><p className="quiet">{t('overview.rememberHelp')}</p></>}
        {!asOf && since && same && <p>{t('overview.noChange')}</p>}
        {!asOf && since && !same && <Changed region={region} since={since} />}
      </div>
    </section>
  );
}
