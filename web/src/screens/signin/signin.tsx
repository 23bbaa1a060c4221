import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';

import { ask } from '../../graphql';

/** Opens a session with a key; the browser stores nothing but the session's cookie. */
export function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const location = useLocation();
  const back = (location.state as { back?: string } | null)?.back;
  const [key, setKey] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault('');
    try {
      const answer = await ask('/session', { method: 'POST', headers: { Authorization: `Bearer ${key.trim()}` } });
      if (answer.ok) return void navigate(back ?? '/overview' + location.search, { replace: true });
      const seconds = answer.headers.get('Retry-After') ?? '60';
      setFault(answer.status === 429 ? t('signin.limited', { seconds }) : answer.status === 503 ? t('signin.full') : t('signin.wrong'));
    } catch {
      setFault(t('signin.offline'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main style={{ display: 'grid', placeItems: 'center', minHeight: '100%', padding: 16 }}>
      <form className="card" style={{ width: '100%', maxWidth: 380 }} onSubmit={(e) => void submit(e)}>
        <header><h1 style={{ fontSize: 18 }}>{t('signin.title')}</h1></header>
        <div className="body" style={{ display: 'grid', gap: 8 }}>
          {back && <p>{t('signin.over')}</p>}
          <label htmlFor="key">{t('signin.key')}</label>
          <Input.Password id="key" autoFocus autoComplete="off" value={key} onChange={(e) => setKey(e.target.value)}
            aria-describedby="key-help" aria-invalid={fault !== ''} />
          <p id="key-help" className="quiet">{t('signin.keyHelp')}</p>
          {fault && <p role="alert" style={{ color: '#B42318' }}>{fault}</p>}
          <Button type="primary" htmlType="submit" loading={busy} disabled={key.trim() === ''}>{t('signin.submit')}</Button>
        </div>
      </form>
    </main>
  );
}
