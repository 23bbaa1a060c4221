/** A share between 0 and 1 in percent, without digits behind the point. */
export const percent = (share: number) => `${Math.round(share * 100)}%`;

/** One digit behind the point, as tables show expected numbers and points. */
export const oneDigit = (n: number) => n.toFixed(1);

/** The day of an ISO day or a time. */
export const day = (text: string) => text.slice(0, 10);

/** The day of this place, in the form of ISO. */
export const today = () => new Date().toLocaleDateString('sv');

/** A text in the language of the page. */
export const inLanguage = (text: { zh: string; en: string }, language: string) => (language === 'en' ? text.en : text.zh);

/** Companies here and expected, "1 / 2.9"; what is not known is "–". */
export const hereOfExpected = (companies: number, expected: number | null | undefined) =>
  `${companies} / ${expected == null ? '–' : oneDigit(expected)}`;
