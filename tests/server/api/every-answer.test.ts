import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_NOW, type SeedNotice, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';

let portal: Portal;
let notice: SeedNotice;
let withdrawn: SeedNotice;
beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    [notice, withdrawn] = seedNotices(db, 60) as [SeedNotice, SeedNotice];
    db.$client.prepare('UPDATE notices SET withdrawn_at = ? WHERE id = ?').run(SEED_NOW, withdrawn.id);
  });
});
afterAll(() => portal.stop());

const get = (path: string, init: RequestInit = {}) => fetch(portal.url + path, { redirect: 'manual', ...init });

describe('every answer', () => {
  const paths = () => [
    '/',
    '/nowhere',
    '/notices?categry=1',
    '/api/v1/notices',
    '/api/v1/notices?categry=1',
    '/api/v1/nowhere',
    `/notice/${withdrawn.id}`,
    `/api/v1/notices/${withdrawn.id}`,
    '/healthz',
    '/notice/%25%32%35%C0',
  ];

  it('carries the security headers, and a charset', async () => {
    for (const path of paths()) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('content-type')).toMatch(/charset=utf-8$/);
    }
  });

  it('may be read by other sites when it is data, and only then', async () => {
    for (const path of paths()) {
      const allowed = (await get(path)).headers.get('access-control-allow-origin');
      expect([path, allowed]).toEqual([path, path.startsWith('/api/v1/') ? '*' : null]);
    }
  });

  it('is the same for HEAD, without the body', async () => {
    for (const path of paths()) {
      const [full, head] = [await get(path), await get(path, { method: 'HEAD' })];
      expect(head.status).toBe(full.status);
      expect(head.headers.get('etag')).toBe(full.headers.get('etag'));
      expect(await head.text()).toBe('');
    }
  });

  it('need not be sent again while it is the same', async () => {
    for (const path of ['/api/v1/notices', `/api/v1/notices/${notice.id}`, '/api/v1/openapi.json', '/notices']) {
      const etag = (await get(path)).headers.get('etag') ?? '';
      const again = await get(path, { headers: { 'if-none-match': etag } });
      expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
    }
  });

  it('is refused under a name that is not ours', async () => {
    for (const path of ['/', '/api/v1/notices']) {
      const { statusCode, body } = await request(portal.url + path, { headers: { host: 'evil.example' } });
      expect(statusCode).toBe(421);
      expect(await body.text()).not.toContain('evil.example');
    }
  });
});
