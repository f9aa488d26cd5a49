import node from '@astrojs/node';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';

/** Islands must never ship server code: any client import that resolves below these folders stops the build. */
const serverOnly = () => ({
  name: 'tongming-server-only',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (options?.ssr || this.environment?.name !== 'client') return null;
    const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
    const path = resolved?.id.replaceAll('\\', '/') ?? '';
    if (/\/(?:src\/(?:server|ingest)|db)\//.test(path.split('?')[0]) && !path.includes('/node_modules/')) {
      throw new Error(`${importer} would ship server code to the browser: ${path}`);
    }
    return null;
  },
});

export default defineConfig({
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  output: 'server',
  adapter: node({ mode: 'middleware' }),
  integrations: [preact()],
  session: false,
  devToolbar: { enabled: false },
  trailingSlash: 'never',
  prefetch: false,
  build: { inlineStylesheets: 'never' },
  scopedStyleStrategy: 'where',
  vite: { plugins: [serverOnly()] },
});
