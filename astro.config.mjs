import { createHash } from 'node:crypto';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { LAYER_ORDER } from './src/layouts/layer-order.ts';
import { THEME_SCRIPT } from './src/layouts/theme-script.ts';

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

/** The server build is `src/entry.ts`: a render function that our own HTTP front (`src/server/front`) calls. */
const ownFront = {
  name: 'tongming-front',
  hooks: {
    'astro:config:done': ({ setAdapter }) =>
      setAdapter({
        name: 'tongming-front',
        entrypointResolution: 'auto',
        serverEntrypoint: new URL('./src/entry.ts', import.meta.url),
        adapterFeatures: { buildOutput: 'server', middlewareMode: 'classic' },
        supportedAstroFeatures: { serverOutput: 'stable', sharpImageService: 'stable' },
      }),
  },
};

const hashOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Nothing loads, runs or frames but our own files and the theme script; Astro adds the hashes of its own scripts. */
const contentSecurityPolicy = {
  directives: [
    "default-src 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ],
  scriptDirective: { hashes: [hashOf(THEME_SCRIPT)] },
  styleDirective: { hashes: [hashOf(LAYER_ORDER)] },
};

export default defineConfig({
  output: 'server',
  adapter: ownFront,
  integrations: [preact()],
  security: { csp: contentSecurityPolicy },
  session: false,
  devToolbar: { enabled: false },
  trailingSlash: 'never',
  prefetch: false,
  build: { inlineStylesheets: 'never' },
  scopedStyleStrategy: 'where',
  // Style sheets are files that pages share: what only the console or a single page uses is on no other. Layers keep their order.
  // Scripts are files, whatever their size: browsers keep them, and the policy has no hash for each.
  vite: {
    plugins: [serverOnly()],
    build: { assetsInlineLimit: (path) => (path.endsWith('.js') ? false : undefined) },
  },
});
