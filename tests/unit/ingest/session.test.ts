import { expect, it } from 'vitest';
import type { RunContext } from '#src/ingest/run/context.ts';
import { withSession } from '#src/ingest/run/session.ts';

const run = {
  session: { origin: 'https://site.example', headers: { authorization: 'Bearer secret' } },
} as unknown as RunContext;

it('gives the headers of a session to its own origin only', () => {
  const own = { url: 'https://site.example/list', expect: 'json' } as const;
  expect(withSession(run, own).headers).toEqual({ authorization: 'Bearer secret' });
  for (const url of ['https://other.example/a', 'http://site.example/a', 'https://site.example:8443/a']) {
    expect(withSession(run, { ...own, url }).headers).toBeUndefined();
  }
});
