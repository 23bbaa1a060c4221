import { Button } from 'antd';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { parts, roles, type Declared, type Part } from './declared';

interface Props {
  was: Declared;
  /** The names of the links, for those who hear the page. */
  of: string;
  busy: boolean;
  /** What has the focus first. */
  first?: Part;
  only?: readonly Part[];
  save: (wanted: Declared) => void;
  cancel: () => void;
}

/** Fields for what is declared of links. Enter saves, Escape leaves all as it was. */
export function DeclareForm({ was, of, busy, first = 'role', only = parts, save, cancel }: Props) {
  const { t } = useTranslation();
  const form = useRef<HTMLDivElement>(null);
  const submit = () => {
    const wanted: Declared = {};
    form.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]').forEach((f) => { wanted[f.name as Part] = f.value; });
    save(wanted);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    if (event.key === 'Enter' && (event.target as HTMLElement).tagName === 'BUTTON') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') cancel();
    else submit();
  };
  const common = (part: Part) => ({ name: part, 'aria-label': t('battle.fieldOf', { field: t(`battle.${part}`), of }), autoFocus: part === first, defaultValue: was[part] ?? '', disabled: busy });
  return (
    <div ref={form} className="declare" role="group" aria-label={t('battle.declareOf', { of })} onKeyDown={press}>
      {only.includes('role') && (
        <select {...common('role')}>
          {!was.role && <option value="">{t('battle.noRole')}</option>}
          {roles.map((r) => <option key={r} value={r}>{t(`map.roles.${r}`)}</option>)}
        </select>
      )}
      {only.includes('owner') && <input {...common('owner')} type="text" maxLength={60} placeholder={t('battle.ownerHint')} />}
      {only.includes('due') && <input {...common('due')} type="date" />}
      <Button size="small" type="primary" loading={busy} onClick={submit}>{t('battle.save')}</Button>
      <Button size="small" onClick={cancel}>{t('battle.cancel')}</Button>
    </div>
  );
}
