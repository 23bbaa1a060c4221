import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { StateIcon, stateOrder } from '../../parts/marks';
import { regionLabel, useRegions } from '../../parts/regions';
import { likenessOf, sayFrames } from './frames';
import { countsOfLeaves } from './layout';
import type { Answer } from './map';

/** Chooses the region that is drawn beside the own one, and takes it away again. */
export function PeerPicker({ peer }: { peer?: Answer }) {
  const { t } = useTranslation();
  const { state, set } = useAddress();
  const [text, setText] = useState('');
  const { asked, options } = useRegions(text);
  const shown = state.peer && { value: state.peer, label: peer ? regionLabel(peer.region.name, peer.region.code) : state.peer };
  return (
    <span className="peer no-print">
      <Select className="peer-picker" showSearch={{ filterOption: false, onSearch: setText, searchValue: text }} aria-label={t('map.peer.pick')} placeholder={t('map.peer.pick')}
        value={shown || null} labelInValue notFoundContent={t(asked ? 'noRegion' : 'pickRegion')}
        options={options.filter((o) => o.value !== state.region)}
        onSelect={(chosen) => { setText(''); set({ peer: String(chosen?.value ?? '') || undefined }); }} />
      {state.peer && <Button onClick={() => set({ peer: undefined })}>{t('map.peer.clear')}</Button>}
    </span>
  );
}

/** How far the two maps can be compared, in one sentence. */
export function Likeness({ own, peer }: { own: Answer; peer: Answer }) {
  const { t } = useTranslation();
  const { language } = useAddress();
  const likeness = likenessOf(own.frames, peer.frames);
  const none = t('map.peer.noFrame');
  const said = t(`map.peer.likeness.${likeness}`, {
    own: own.region.name, peer: peer.region.name,
    ownFrames: sayFrames(own.frames, language, t) || none, peerFrames: sayFrames(peer.frames, language, t) || none,
  });
  return <p className={likeness === 'SAME' ? 'quiet likeness' : 'warning likeness'} role="note">{likeness !== 'SAME' && '▲ '}{said}</p>;
}

/** The head of one of two maps: its region, and how many leaves are in each state. */
export function RegionHead({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const counts = countsOfLeaves(answer.links);
  return (
    <div className="region-head">
      <h2>{answer.region.name}</h2>
      <p className="quiet">{stateOrder.map((s) => (
        <span key={s}><StateIcon state={s} className={`icon tint ${s}`} />{t(`state.${s}`)} <b>{counts.get(s) ?? 0}</b></span>
      ))}</p>
    </div>
  );
}
