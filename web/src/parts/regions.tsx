import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { graphql } from '../gql';
import { useQuestion } from '../graphql';
import { useLater } from './later';

const RegionsQuestion = graphql(`
  query Regions($text: String!) {
    search(text: $text, kinds: [Region], first: 12) { nodes { node { id code caption } } }
  }
`);

export interface Region { code: string; name?: string }

/** A region as pickers show it: its name, then its code. */
export const regionLabel = (name: string | null | undefined, code: string | null | undefined) => `${name ?? ''} ${code ?? ''}`.trim();

/** The regions that a typed text may mean; `asked` is false before anything is typed. */
export function useRegions(text: string): { asked: boolean; found: Region[]; options: { value: string; label: string }[] } {
  const later = useLater(text.trim(), 200);
  const { data } = useQuestion(RegionsQuestion, { text: later }, later === '');
  const found = (later === '' ? [] : (data?.search?.nodes ?? [])).map(({ node }) => ({ code: node.code ?? node.id, name: node.caption }));
  return { asked: later !== '', found, options: found.map((r) => ({ value: r.code, label: regionLabel(r.name, r.code) })) };
}

/** Chooses a region by name, code or pinyin. */
export function RegionSelect({ id, width, value, onChoose }: { id: string; width: number | string; value: Region; onChoose: (chosen: Region) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { asked, found, options } = useRegions(text);
  return (
    <Select
      id={id} showSearch={{ filterOption: false, onSearch: setText, searchValue: text }} aria-label={t('pickRegion')} style={{ width }}
      value={{ value: value.code, label: regionLabel(value.name, value.code) }} labelInValue notFoundContent={t(asked ? 'noRegion' : 'pickRegion')}
      options={options}
      onSelect={(chosen) => { setText(''); onChoose(found.find((r) => r.code === chosen.value) ?? { code: String(chosen.value) }); }}
    />
  );
}
