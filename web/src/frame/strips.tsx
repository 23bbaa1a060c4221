import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';

import { useAddress } from '../address';
import type { FrameQuery } from '../gql/graphql';
import { day } from '../parts/format';

const Setup = lazy(() => import('./setup'));

/** Seconds until the service is tried again. */
const pause = 10;

/** What holds for all that is shown: nothing is saved, old, out of reach. */
export function Strips({ frame, error, again }: { frame?: FrameQuery; error?: CombinedError; again: () => void }) {
  const { t } = useTranslation();
  const { unknown, state, asOf, set } = useAddress();
  const offline = error?.networkError !== undefined;
  return (
    <>
      {offline && <Offline again={again} />}
      {state.asof && (
        <div className="strip">
          <span role="status">{t(asOf ? 'earlier' : 'earlierElsewhere', { day: state.asof })}</span>
          <Button size="small" className="no-print" onClick={() => set({ asof: undefined })}>{t('backToNow')}</Button>
        </div>
      )}
      {frame?.meta.temporary && <Demonstration frame={frame} />}
      {frame?.meta.stale && (
        <p className="strip" role="status">{t('stale', { version: frame.meta.version, day: day(frame.meta.builtAt) })}</p>
      )}
      {unknown.length > 0 && <p className="strip" role="status">{t('unknownKeys', { keys: unknown.join(', ') })}</p>}
    </>
  );
}

/** Says that nothing is kept, and where it can be, how to have it kept. */
function Demonstration({ frame }: { frame: FrameQuery }) {
  const { t } = useTranslation();
  const { asOf } = useAddress();
  const [open, setOpen] = useState(false);
  return (
    <div className="strip no-print">
      <span role="status">{t('temporary')}</span>
      {frame.meta.canSetUp && !asOf && <Button size="small" type="primary" onClick={() => setOpen(true)}>{t('setup.title')}</Button>}
      {open && <Suspense><Setup region={frame.region} onClose={() => setOpen(false)} /></Suspense>}
    </div>
  );
}

function Offline({ again }: { again: () => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(pause);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (left > 1) setLeft(left - 1);
      else { setLeft(pause); again(); }
    }, 1000);
    return () => clearTimeout(timer);
  }, [left, again]);
  return (
    <p className="strip red" role="alert">
      {t('offline', { seconds: left })} <Button size="small" onClick={() => { setLeft(pause); again(); }}>{t('retryNow')}</Button>
    </p>
  );
}
