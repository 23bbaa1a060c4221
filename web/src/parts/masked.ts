/** What stayed masked although a purpose was stated, as the service says it. */
export interface Withheld { reason: string; fields: string[]; ids?: string[] }

/** Why values of a person stayed masked, in words; "" where none did. */
export function whyMasked(all: readonly Withheld[], id: string, t: (key: string) => string): string {
  const reasons = new Set(all.filter((w) => w.ids === undefined || w.ids.includes(id)).map((w) => w.reason));
  return [...reasons].map((r) => t(`contact.masked.${r}`)).join(' ');
}
