import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../address';
import { today } from '../parts/format';
import { readDay, recentEnds } from '../parts/days';

/** The value of the picker for the present. */
const present = 'now';

/** The day of which everything is shown: the present, the ends of recent months and years, or any that is typed. */
export function DayPicker({ range, opened, open }: { range: string; opened: boolean; open: (open: boolean) => void }) {
  const { t } = useTranslation();
  const { asOf, set } = useAddress();
  const [text, setText] = useState('');
  const read = readDay(text);
  const typed = read && read <= today() ? read : undefined; // nothing is known of days to come
  const days = new Set([...(typed ? [typed] : []), ...(asOf ? [asOf] : []), ...recentEnds(today())]);
  const options = [
    ...(typed ? [] : [{ value: present, label: asOf ? t('now') : range, detail: asOf ? '' : t('now') }]),
    ...[...days].filter((d) => !typed || d === typed).map((d) => ({ value: d, label: d, detail: '' })),
  ];
  return (
    <Select
      id="asof" size="small" variant="borderless" aria-label={t('pickDay')} popupMatchSelectWidth={false} className="population"
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }} placeholder={t('pickDay')} notFoundContent={t('pickDay')}
      value={asOf ?? present} options={text !== '' && !typed ? [] : options} open={opened} onOpenChange={open}
      optionRender={(o) => <>{o.label} <span className="quiet">{o.data.detail}</span></>}
      onSelect={(day: string) => { open(false); setText(''); set({ asof: day === present ? undefined : day }); }}
    />
  );
}
