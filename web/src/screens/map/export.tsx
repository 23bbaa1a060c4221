import { Button, message } from 'antd';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';

import { saveFile } from '../../parts/browser';
import { Picture, type PictureProps } from './picture';

/** A PNG has two pixels for one of the screen, and fewer where a browser cannot draw so many. */
const scale = 2;
const longest = 16_000;
const mostPixels = 200_000_000;

/** The drawing as a file of SVG: well-formed XML that asks for nothing outside of it. */
export function svgOf(props: PictureProps): { text: string; width: number; height: number } {
  const holder = document.createElement('div');
  const root = createRoot(holder);
  flushSync(() => root.render(<Picture {...props} />));
  const svg = holder.querySelector('svg')!;
  const text = '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(svg) + '\n';
  const [width, height] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))];
  root.unmount();
  return { text, width, height };
}

async function pngOf({ text, width, height }: ReturnType<typeof svgOf>): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const by = Math.min(scale, longest / Math.max(width, height), Math.sqrt(mostPixels / (width * height)));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(width * by), Math.round(height * by)];
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The name of a file without what file systems do not permit. */
export const fileNameOf = (parts: readonly string[], form: string) => `${parts.join('-').replace(/[\s\\/:*?"<>|]+/g, '')}.${form}`;

/** Saves what is on the screen as a drawing; `picture` makes it when it is asked for. */
export function Export({ picture, name }: { picture: () => PictureProps; name: readonly string[] }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [toast, holder] = message.useMessage();
  const save = async (form: 'svg' | 'png') => {
    setBusy(true);
    try {
      const svg = svgOf(picture());
      saveFile(form === 'svg' ? new Blob([svg.text], { type: 'image/svg+xml' }) : await pngOf(svg), fileNameOf(name, form));
    } catch {
      void toast.error(t('map.export.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="export no-print">
      {holder}
      <Button size="small" disabled={busy} onClick={() => void save('svg')}>{t('map.export.svg')}</Button>
      <Button size="small" disabled={busy} onClick={() => void save('png')}>{t('map.export.png')}</Button>
    </span>
  );
}
