import { inLanguage } from '../../parts/format';
import { whyOf } from '../../parts/why';

interface Explained {
  link: { declaredRole?: unknown };
  reasons: readonly { code: string; points: number; text: { zh: string; en: string } }[];
}

/** The reasons that weigh most, as one text. */
export function whyText(verdict: Explained, language: 'zh' | 'en'): string {
  return whyOf(verdict.reasons, verdict.link.declaredRole != null)
    .map((r) => inLanguage(r.text, language).replace(/[。.]$/, '')).join(language === 'zh' ? '；' : '; ');
}

/** The row that a key leads to from another one; undefined for keys that lead to none. */
export function neighbour(codes: readonly string[], from: string, key: string): string | undefined {
  const at = codes.indexOf(from);
  switch (key) {
    case 'ArrowDown': return codes[Math.min(at + 1, codes.length - 1)];
    case 'ArrowUp': return codes[Math.max(at - 1, 0)];
    case 'Home': return codes[0];
    case 'End': return codes[codes.length - 1];
    default: return undefined;
  }
}
