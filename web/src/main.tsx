import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app';
import './page.css';
import { beginWords } from './words';

const language = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh';
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
beginWords(language);
createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
