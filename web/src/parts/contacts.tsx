import { createRequest } from '@urql/core';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

import { useAddress } from '../address';
import { graphql } from '../gql';
import type { ContactQuery, ContactQueryVariables } from '../gql/graphql';
import { useQuestion } from '../graphql';
import './contacts.css';
import { today } from './format';
import { whyMasked, type Withheld } from './masked';

const PurposesQuestion = graphql(`query Purposes { viewer { name purposes { code label labelEn opens } } }`);
const ContactQuestion = graphql(`
  query Contact($id: ID!) {
    node(id: $id) { ... on Person { id code name phone email employer } }
  }
`);

/** How long contacts stay in sight, in seconds. */
export const inSight = 60;

type Contact = Extract<NonNullable<ContactQuery['node']>, { phone?: unknown }>;

interface Shown { contacts: Contact[]; masked: Withheld[] }

/**
 * Names and telephone numbers of persons, for a purpose of the list alone and on record.
 * They are covered again after a minute. Who may state no purpose sees nothing of it, nor does who looks at an earlier day.
 */
export function Contacts({ persons }: { persons: readonly { id: string }[] }) {
  const { t } = useTranslation();
  const { language, asOf } = useAddress();
  const client = useClient();
  const { data } = useQuestion(PurposesQuestion, {}, persons.length === 0 || asOf !== undefined);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [shown, show] = useState<Shown>();
  const [fault, setFault] = useState<string>();
  const purpose = useRef<HTMLSelectElement>(null), note = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => show(undefined), inSight * 1000);
    return () => clearTimeout(timer);
  }, [shown]);
  const purposes = (data?.viewer.purposes ?? []).filter((p) => p.opens.includes('Person.phone'));
  if (persons.length === 0 || purposes.length === 0 || asOf !== undefined) return null; // consent is that of today
  const reveal = async () => {
    setBusy(true);
    setFault(undefined);
    const found: Shown = { contacts: [], masked: [] };
    for (const { id } of persons) {
      const extensions = { purpose: purpose.current!.value, ...(note.current!.value.trim() && { note: note.current!.value.trim() }) };
      const answer = await client.executeQuery(createRequest<ContactQuery, ContactQueryVariables>(ContactQuestion.toString(), { id }, extensions)).toPromise();
      if (answer.error) {
        setFault(answer.error.graphQLErrors[0]?.message ?? t('failure.offline'));
        break;
      }
      if (answer.data?.node && 'phone' in answer.data.node) found.contacts.push(answer.data.node);
      found.masked.push(...((answer.extensions?.masked as Withheld[] | undefined) ?? []));
    }
    setBusy(false);
    if (found.contacts.length > 0) { show(found); setOpen(false); }
  };
  return (
    <div className="contacts no-print">
      {!shown && <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t('contact.show')}</Button>}
      {open && !shown && (
        <div className="purpose" role="group" aria-label={t('contact.why')}>
          <label>{t('contact.purpose')} <select ref={purpose}>{purposes.map((p) => <option key={p.code} value={p.code}>{language === 'en' ? p.labelEn : p.label}</option>)}</select></label>
          <label>{t('contact.note')} <input ref={note} type="text" maxLength={200} /></label>
          <Button size="small" type="primary" loading={busy} onClick={() => void reveal()}>{t('contact.reveal')}</Button>
          <p className="quiet">{t('contact.recorded')}</p>
        </div>
      )}
      {fault && <p role="alert" className="fault">{fault}</p>}
      {shown && <Revealed shown={shown} by={data?.viewer.name ?? ''} cover={() => show(undefined)} />}
    </div>
  );
}

function Revealed({ shown, by, cover }: { shown: Shown; by: string; cover: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="revealed">
      <Watermark text={`${by} ${today()}`} />
      <ul>
        {shown.contacts.map((c) => (
          <li key={c.id}>
            <b>{c.code}</b> {c.name} {c.phone ?? t('contact.noPhone')} {c.email} <span className="quiet">{c.employer} {whyMasked(shown.masked, c.id, t)}</span>
          </li>
        ))}
      </ul>
      <p className="quiet" role="status">{t('contact.onRecord', { seconds: inSight })} <button type="button" className="link" onClick={cover}>{t('contact.cover')}</button></p>
    </div>
  );
}

/** The user and the day, again and again, behind what a photograph of the screen would show. */
function Watermark({ text }: { text: string }) {
  return <div className="watermark" aria-hidden="true">{Array.from({ length: 12 }, (_, i) => <span key={i}>{text}</span>)}</div>;
}
