import { useTranslation } from 'react-i18next';

import { useAddress } from '../../address';
import { inLanguage, percent } from '../../parts/format';
import { boundColours } from '../../parts/marks';

interface Numbers {
  mean?: number | null; low?: number | null; high?: number | null;
  probabilityWeak?: number | null; probabilityAdequate?: number | null; probabilityStrong?: number | null;
}
interface Missing { number: string; text: { zh: string; en: string } }

/** Below weak, at and above it; the widest that is drawn. */
const weak = 0.8;
const strong = 1.25;
const widest = 2.5;

/** The location quotient with its interval between the bounds of weak and strong, or why it is not known. */
export function Bounds({ numbers: n, missing }: { numbers: Numbers; missing: readonly Missing[] }) {
  const { t } = useTranslation();
  const { language } = useAddress();
  const x = (value: number) => `${(Math.min(value, widest) / widest) * 100}%`;
  const why = missing.find((m) => m.number === 'mean');
  if (n.mean == null || n.low == null || n.high == null) {
    return <section><h3>{t('map.bounds')}</h3><p className="quiet">{why ? inLanguage(why.text, language) : t('unknown')}</p></section>;
  }
  const said = t('map.quotient', { mean: n.mean.toFixed(2), low: n.low.toFixed(2), high: n.high.toFixed(2) });
  return (
    <section>
      <h3>{t('map.bounds')} <span className="quiet">{said}</span></h3>
      <svg width="100%" height="40" role="img" aria-label={said}>
        <rect x="0" y="8" width={x(weak)} height="14" fill={boundColours.weak} />
        <rect x={x(weak)} y="8" width={`${((strong - weak) / widest) * 100}%`} height="14" fill={boundColours.adequate} />
        <rect x={x(strong)} y="8" width={`${((widest - strong) / widest) * 100}%`} height="14" fill={boundColours.strong} />
        <line x1={x(n.low)} x2={x(n.high)} y1="15" y2="15" stroke={boundColours.ink} strokeWidth="2" />
        <circle cx={x(n.mean)} cy="15" r="5" fill={boundColours.ink} />
        {[0, weak, strong, widest].map((v) => <text key={v} x={x(v)} y="36" fontSize="11" fill={boundColours.scale} textAnchor={v === 0 ? 'start' : v === widest ? 'end' : 'middle'}>{v}</text>)}
      </svg>
      <p className="quiet">
        {n.probabilityWeak != null && `${t('state.WEAK')} ${percent(n.probabilityWeak)} · `}
        {n.probabilityAdequate != null && `${t('state.ADEQUATE')} ${percent(n.probabilityAdequate)} · `}
        {n.probabilityStrong != null && `${t('state.STRONG')} ${percent(n.probabilityStrong)}`}
      </p>
    </section>
  );
}
