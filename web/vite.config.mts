import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Two pages: the console of marketers and admins, and the inbox, which may stand in a frame of the operator's app. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    // Of the 34 languages that the components speak, ours.
    { ...optimizeLocales.vite({ locales: ['en-US', 'fr-FR', 'zh-CN', 'ar-AE'] }), enforce: 'pre' },
    react(),
    compressed(),
  ],
  resolve: {
    // What is built for Node wants Node's buffers.
    alias: { 'csv-stringify/sync': 'csv-stringify/browser/esm/sync' },
  },
  build: {
    // Another directory lets several builds be tested at the same time.
    outDir: process.env.WEB_DIST || 'dist',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // the first that know light-dark()
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      input: {
        console: join(import.meta.dirname, 'index.html'),
        inbox: join(import.meta.dirname, 'inbox.html'),
      },
    },
  },
  server: {
    // What an article may hold is said once, in the server's sources.
    fs: { allow: ['..'] },
    proxy: {
      '/v1': 'http://localhost:3000',
      '/docs': 'http://localhost:3000',
      '/openapi.json': 'http://localhost:3000',
    },
  },
});

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Lays a .br and a .gz beside each file, so that the server need not compress. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const files = await readdir(dir, { recursive: true });
      const worthIt = files.filter((file) => /\.(js|css|html|svg|json)$/.test(file));
      await Promise.all(
        worthIt.map(async (file) => {
          const text = await readFile(join(dir, file));
          await writeFile(
            join(dir, `${file}.br`),
            await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
          );
          await writeFile(join(dir, `${file}.gz`), await gzipped(text, { level: 9 }));
        }),
      );
    },
  };
}
