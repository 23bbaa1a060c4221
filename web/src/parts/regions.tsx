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

/** A region as pickers show it: its name, then its code. */
export const regionLabel = (name: string | null | undefined, code: string | null | undefined) => `${name ?? ''} ${code ?? ''}`.trim();

/** The regions that a typed text may mean, as options of a picker; `asked` is false before anything is typed. */
export function useRegions(text: string) {
  const later = useLater(text.trim(), 200);
  const { data } = useQuestion(RegionsQuestion, { text: later }, later === '');
  const found = later === '' ? [] : (data?.search?.nodes ?? []);
  return { asked: later !== '', options: found.map(({ node }) => ({ value: node.code ?? node.id, label: regionLabel(node.caption, node.code) })) };
export interface Region { code: string; name?: string }

const label = (r: Region) => `${r.name ?? ''} ${r.code}`.trim();

/** Chooses a region by name, code or pinyin. */
export function RegionSelect({ id, width, value, onChoose }: { id: string; width: number | string; value: Region; onChoose: (chosen: Region) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const later = useLater(text.trim(), 200);
  const { data } = useQuestion(RegionsQuestion, { text: later }, later === '');
  const found = (later === '' ? [] : (data?.search?.nodes ?? [])).map(({ node }) => ({ code: node.code ?? node.id, name: node.caption }));
  return (
    <Select
      id={id} showSearch={{ filterOption: false, onSearch: setText, searchValue: text }} aria-label={t('pickRegion')} style={{ width }}
      value={{ value: value.code, label: label(value) }} labelInValue notFoundContent={later === '' ? t('pickRegion') : t('noRegion')}
      options={found.map((r) => ({ value: r.code, label: label(r) }))}
      onSelect={(chosen) => { setText(''); onChoose(found.find((r) => r.code === chosen.value) ?? { code: String(chosen.value) }); }}
    />
  );
}
