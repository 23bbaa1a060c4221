import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';

/** Waiting: nothing at first, then the shape of what comes, then a sentence. */
export function Waiting({ lines = 8 }: { lines?: number }) {
  const { t } = useTranslation();
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(() => setStage(1), 300), setTimeout(() => setStage(2), 5000)];
    return () => timers.forEach(clearTimeout);
  }, []);
  if (stage === 0) return <div aria-busy="true" />;
  return (
    <div className="state-box" role="status" aria-busy="true" style={{ alignItems: 'stretch' }}>
      {stage === 1 ? <span className="hidden">{t('waiting.now')}</span> : <p>{t('waiting.long')}</p>}
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} style={{ height: 14, borderRadius: 4, background: '#EBEBEB', width: `${90 - (i % 4) * 12}%` }} />
      ))}
    </div>
  );
}

/** Nothing to show: why, and the one next step. */
export function Empty({ why, next }: { why: string; next?: ReactNode }) {
  return <div className="state-box" role="status"><p>{why}</p>{next}</div>;
}

/** What failed, in a sentence, with the code and the request to quote, and a way on. */
export function Failure({ error, again }: { error: CombinedError; again?: () => void }) {
  const { t } = useTranslation();
  const first = error.graphQLErrors[0];
  const code = (first?.extensions as { code?: string } | undefined)?.code ?? (error.networkError ? 'OFFLINE' : '');
  const response = error.response as Response | undefined;
  const request = response?.headers?.get('X-Request-Id') ?? '';
  let sentence = first?.message ?? error.message;
  if (error.networkError) sentence = response && response.status >= 500 ? t('failure.busy') : t('failure.offline');
  if (code === 'FORBIDDEN') sentence = t('failure.forbidden', { why: sentence });
  const quote = [code, request].filter(Boolean).join(' · ');
  return (
    <div className="state-box" role="alert">
      <p>{sentence}</p>
      {quote && <p className="quiet">{t('failure.quote')}<code>{quote}</code></p>}
      {again && <Button onClick={again}>{t('failure.again')}</Button>}
    </div>
  );
}
