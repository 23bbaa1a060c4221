import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import en from './en';
import zh from './zh';

export type Language = 'zh' | 'en';

/** Begins with the language of the address, Chinese without one. */
export function beginWords(language: Language) {
  void i18next.use(initReactI18next).init({
    lng: language, fallbackLng: 'zh', resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false }, returnNull: false,
  });
}

export { i18next };
