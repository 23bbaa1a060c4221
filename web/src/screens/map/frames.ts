import { inLanguage } from '../../parts/format';

interface Frame {
  name: string; populationLabel: { zh: string; en: string }; date?: string | null; comparable: boolean; large: boolean;
  scope: readonly { caption: string }[];
}

/** The populations that verdicts of a region rest on: those by which strength or absence can be judged, in the order given. */
const judging = (frames: readonly Frame[]) => frames.filter((f) => f.comparable || f.large);

/** What they are called, each with its limits, its day, and what cannot be judged by it; `t` gives the words. */
export function sayFrames(frames: readonly Frame[], language: string, t: (key: string) => string): string {
  const separator = language === 'zh' ? '、' : ', ';
  return judging(frames).map((f) => {
    const limits = [
      ...f.scope.map((s) => s.caption), ...(f.date ? [f.date] : []),
      ...(f.comparable ? [] : [t('map.peer.presenceOnly')]), ...(f.large ? [] : [t('map.peer.tooFew')]),
    ].join(language === 'zh' ? '，' : ', ');
    const label = inLanguage(f.populationLabel, language);
    if (limits === '') return label;
    return language === 'zh' ? `${label}（${limits}）` : `${label} (${limits})`;
  }).join(separator);
}

/** How far verdicts on two regions can be compared. */
export type Likeness = 'SAME' | 'OTHER_DATES' | 'OTHER_USE' | 'OTHER_FRAMES' | 'NONE';

/**
 * Compares the populations that two regions were judged by; NONE where one of them has none, OTHER_USE
 * where they are the same but strength or absence can be judged in one region alone.
 */
export function likenessOf(own: readonly Frame[], peer: readonly Frame[]): Likeness {
  const [a, b] = [judging(own), judging(peer)];
  if (a.length === 0 || b.length === 0) return 'NONE';
  const alike = (of: (f: Frame) => string) => a.map(of).sort().join('\n') === b.map(of).sort().join('\n');
  if (!alike((f) => f.name)) return 'OTHER_FRAMES';
  if (!alike((f) => `${f.name} ${f.comparable} ${f.large}`)) return 'OTHER_USE';
  return alike((f) => `${f.name} ${f.date ?? ''}`) ? 'SAME' : 'OTHER_DATES';
}
