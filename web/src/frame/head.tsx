import { AutoComplete, Button, Dropdown, Modal, message } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAddress } from '../address';
import { graphql } from '../gql';
import type { FrameQuery } from '../gql/graphql';
import { ask, useQuestion } from '../graphql';
import { copyText } from '../parts/browser';
import { inLanguage } from '../parts/format';
import { useLater } from '../parts/later';
import { RegionSelect } from '../parts/regions';

const SearchQuestion = graphql(`
  query Search($text: String!) {
    search(text: $text, kinds: [Link, Chain, Ecosystem, Company], first: 12) {
      nodes { text node { __typename kind id code name caption ... on Link { chain { code name } } ... on Chain { ecosystem { code } } } }
    }
  }
`);

/** Each key and what it does: those of all screens, then those of the map. */
const helpOfKeys = [
  ['/', 'key.search'], ['r', 'key.region'], ['p', 'key.population'], ['d', 'key.day'], ['g 1…4', 'key.screens'], ['Esc', 'key.close'], ['Ctrl+P', 'key.print'], ['?', 'key.help'],
  ['t', 'map.key.view'], ['f', 'map.key.feeders'], ['Space', 'map.key.fold'], ['↑ ↓ ← →', 'map.key.walk'], ['Enter', 'map.key.open'],
] as const;

interface Keys { help: boolean; setHelp: (open: boolean) => void }

/** Region, search, and what concerns the page as a whole. */
export function Head({ frame, keys }: { frame?: FrameQuery; keys: Keys }) {
  const { t } = useTranslation();
  const { to, set, language } = useAddress();
  const [toast, holder] = message.useMessage();
  const copy = async () => void (await copyText(location.href) ? toast.success(t('copied')) : toast.warning(t('copyFailed')));
  return (
    <header className="head">
      {holder}
      <Link className="logo" to={to('overview')}><img src="/icon.svg" alt="" />{t('name')}</Link>
      <RegionPicker frame={frame} />
      <Search />
      <div className="end">
        <Button className="copy" onClick={() => void copy()}>{t('copyLink')}</Button>
        <Button type="text" lang={language === 'zh' ? 'en' : 'zh-CN'} title={t('languageName')}
          onClick={() => set({ lang: language === 'zh' ? 'en' : 'zh' })}>{t('language')}</Button>
        <Button className="keys" aria-label={t('help')} onClick={() => keys.setHelp(true)}>?</Button>
        {frame && <User frame={frame} />}
      </div>
      <Modal open={keys.help} onCancel={() => keys.setHelp(false)} footer={null} title={t('key.title')}>
        <table className="plain">
          <tbody>
            {helpOfKeys.map(([key, what]) => (
              <tr key={key}><th scope="row"><kbd>{key}</kbd></th><td>{t(what)}</td></tr>
            ))}
          </tbody>
        </table>
      </Modal>
    </header>
  );
}

function RegionPicker({ frame }: { frame?: FrameQuery }) {
  const { state, set } = useAddress();
  const shown = frame?.region;
  const value = shown ? { code: shown.code ?? shown.id, name: shown.name ?? undefined } : { code: state.region! };
  return <RegionSelect id="region" width={190} value={value} onChoose={({ code }) => set({ region: code, link: undefined })} />;
}

function Search() {
  const { t } = useTranslation();
  const { to, navigate } = useAddress();
  const [text, setText] = useState('');
  const later = useLater(text.trim(), 200);
  const { data } = useQuestion(SearchQuestion, { text: later }, later === '');
  const found = later === '' ? [] : (data?.search?.nodes ?? []);
  return (
    <AutoComplete
      id="search" className="search" style={{ flex: '1 1 160px', maxWidth: 420, minWidth: 120 }} aria-label={t('searchName')} value={text} placeholder={t('search')}
      notFoundContent={later !== '' && data ? t('noHit') : null}
      showSearch={{ onSearch: setText }} onChange={(value) => { if (!value) setText(''); }}
      options={found.filter(({ node }) => node.kind !== 'Company').map(({ node }) => ({
        value: node.id,
        label: `${node.caption}${node.__typename === 'Link' && node.chain ? ` · ${node.chain.name}` : ''} ${node.code ?? ''}`,
      }))}
      onSelect={(id) => {
        const node = found.find((hit) => hit.node.id === id)?.node;
        setText('');
        if (!node) return;
        if (node.__typename === 'Link') void navigate(to('map', { chain: node.chain?.code ?? undefined, link: node.code ?? undefined }));
        else if (node.__typename === 'Chain') void navigate(to('map', { chain: node.code ?? undefined }));
        else void navigate(to('battle', { eco: node.code ?? undefined }));
      }}
    />
  );
}

function User({ frame }: { frame: FrameQuery }) {
  const { t } = useTranslation();
  const { language, navigate } = useAddress();
  const out = async () => {
    await ask('/session', { method: 'DELETE' });
    void navigate('/signin');
  };
  const role = inLanguage(frame.viewer.roleLabel, language);
  return (
    <Dropdown trigger={['click']} menu={{ items: [{ key: 'role', label: role, disabled: true }, { key: 'out', label: t('signOut'), onClick: () => void out() }] }}>
      <Button type="text">{frame.viewer.name || role} ▾</Button>
    </Dropdown>
  );
}
