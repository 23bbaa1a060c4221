import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The result is committed and made again by the tests, which compare the bytes: nothing
// in it may depend on the folder or the time. Source maps differ by the depth of the folder.
export default defineConfig({
  plugins: [react()],
  build: { target: 'chrome89', sourcemap: false, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1500 },
  server: { host: '127.0.0.1', proxy: { '^/(graphql|session|load|papers|export)': { target: process.env.LIANTU ?? 'http://127.0.0.1:8080', changeOrigin: true } } },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
});
