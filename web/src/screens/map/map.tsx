import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';

import { useAddress } from '../../address';
import { graphql } from '../../gql';
import type { ChainMapQuery, Layer } from '../../gql/graphql';
import { useQuestion } from '../../graphql';
import { named } from '../../parts/names';
import { Empty, Failure, Waiting } from '../../parts/states';
import { Drawn } from './drawn';
import { pickChain } from './layout';
import './map.css';
import { PeerPicker } from './peer';

const ChainsQuestion = graphql(`
  query Chains { ecosystems(first: 20) { nodes { code name englishName parts(first: 60) { nodes { code name ... on Chain { englishName } } } } } }
`);

const ByChainQuestion = graphql(`
  query ByChain($region: ID!, $ecosystem: ID, $population: Population) {
    gaps(region: $region, population: $population, ecosystem: $ecosystem, first: 1) { summaries(by: [CHAIN], levels: LEAVES) { scope { code } states { state count } } }
  }
`);

const ChainMapQuestion = graphql(`
  query ChainMap($region: ID!, $chain: ID!, $layer: Layer, $population: Population) {
    chainMap(region: $region, chain: $chain, layer: $layer, population: $population) {
      chain { code name englishName }
      region { code name }
      layer layers { layer ties outside }
      dataDate synthetic
      states { state count }
      frames { name populationLabel { zh en } date comparable large scope { caption } }
      ties { from { code } to { code } }
      projects targets tiesLeft
      links {
        leaf candidates targets projects
        parent { code }
        verdict {
          state action confidence priority flags
          link { code name englishName position declaredRole }
          numbers { companies expected }
        }
      }
    }
  }
`);

/** The answer for a second region, or where it is. */
export interface PeerAnswer { data?: ChainMapQuery; error?: CombinedError; fetching: boolean; again: () => void }

/** A chain in a region, as the map draws it. */
export type Answer = NonNullable<ChainMapQuery['chainMap']>;

/** A chain drawn for a region; the drawer says of a link what is behind its verdict. */
export default function ChainMap() {
  const { t } = useTranslation();
  const { state } = useAddress();
  const chains = useQuestion(ChainsQuestion, {});
  const ecosystems = chains.data?.ecosystems?.nodes ?? [];
  const byChain = useQuestion(ByChainQuestion, { region: state.region!, ecosystem: state.eco }, state.chain !== undefined);
  const chain = state.chain ?? pickChain(byChain.data?.gaps?.summaries ?? [], new Set((state.state ?? '').split(',').filter(Boolean)));
  const layer = (state.layer ?? 'industry').toUpperCase() as Layer;
  const map = useQuestion(ChainMapQuestion, { region: state.region!, chain: chain ?? '', layer }, chain === undefined);
  const alone = state.peer === undefined || state.peer === state.region;
  const peer = useQuestion(ChainMapQuestion, { region: state.peer ?? '', chain: chain ?? '', layer }, alone || chain === undefined);
  const failed = [chains, byChain].find((q) => q.error);
  if (failed?.error) return <Failure error={failed.error} again={failed.again} />;
  return (
    <div className="screen map">
      <div className="title">
        <h1 className="hidden">{t('screen.map')}</h1>
        <ChainPicker ecosystems={ecosystems} chain={chain} />
        {map.data?.chainMap && <Switches answer={map.data.chainMap} />}
        <PeerPicker peer={peer.data?.chainMap ?? undefined} />
      </div>
      {map.error && <Failure error={map.error} again={map.again} />}
      {!map.error && (map.fetching || byChain.fetching) && <Waiting lines={16} />}
      {!map.error && !map.fetching && map.data && (map.data.chainMap ? <Drawn answer={map.data.chainMap} peer={alone ? undefined : peer} /> : <Empty why={t('map.none')} />)}
    </div>
  );
}

type Ecosystems = NonNullable<import('../../gql/graphql').ChainsQuery['ecosystems']>['nodes'];

function ChainPicker({ ecosystems, chain }: { ecosystems: Ecosystems; chain?: string }) {
  const { t } = useTranslation();
  const { set, language } = useAddress();
  return (
    <Select className="chain" aria-label={t('map.chain')} value={chain} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={320}
      onChange={(code: string) => set({ chain: code, link: undefined, fold: undefined, state: undefined, eco: undefined })}
      options={ecosystems.map((e) => ({
        label: named(e, language), title: e.code ?? '',
        options: e.parts.nodes.map((c) => ({ value: c.code ?? '', label: named(c, language) })),
      }))} />
  );
}

const layerOrder: Layer[] = ['INDUSTRY', 'VALUE', 'SUPPLY', 'FINANCE'];

function Switches({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const { state, set } = useAddress();
  const ties = new Map(answer.layers.map((l) => [l.layer, l.ties + l.outside]));
  return (
    <>
      <Segmented aria-label={t('map.layer')} value={answer.layer} onChange={(l) => set({ layer: l.toLowerCase() })}
        options={layerOrder.map((l) => ({
          value: l, disabled: l !== 'INDUSTRY' && (ties.get(l) ?? 0) === 0,
          label: (ties.get(l) ?? 0) === 0 ? t('map.noLayer', { layer: t(`map.layers.${l}`) }) : t(`map.layers.${l}`),
        }))} />
      <Segmented aria-label={t('map.view')} value={state.view === 'table' ? 'table' : 'map'}
        onChange={(v) => set({ view: v === 'table' ? 'table' : undefined })}
        options={[{ value: 'map', label: t('map.drawing') }, { value: 'table', label: t('map.table') }]} />
    </>
  );
}
