import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { API_ROUTES } from '#src/server/routes/api.ts';
import { findPersonalData } from './checks/text.ts';
import { readSitemap } from './sitemap.ts';
import { expect, test } from './test.ts';

/** Addresses of the sitemap that are read, evenly taken from it, besides the sample that `pages.spec.ts` visits. */
const SWEEP = 300;
/** What programs are given: every list of the API, a hundred items of each that takes a length. */
const LISTS = API_ROUTES.filter(({ kind, path }) => kind === 'json' && !path.includes('{')).map(
  ({ path, parameters, example: { category: _all, ...example } }) => {
    const query = { ...example, ...(parameters.includes('limit') ? { limit: '100' } : {}) };
    return `${path}?${new URLSearchParams(query)}`;
  },
);

test('no public page and no answer to programs holds a personal number', async ({ request }) => {
  test.setTimeout(600_000);
  const all = readSitemap().addresses;
  const step = Math.max(1, Math.floor(all.length / SWEEP));
  const swept = all.filter((_, index) => index % step === 0);
  for (const address of swept) {
    expect.soft(findPersonalData(await (await request.get(address)).text()), address).toEqual([]);
  }
  for (const address of LISTS) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(200);
    const texts = JSON.stringify(await answer.json(), (_key, value: unknown) =>
      typeof value === 'number' ? undefined : value,
    );
    expect.soft(redactPersonalData(texts).kinds, address).toEqual([]);
  }
});

test('the sweep would find a number', () => {
  expect(LISTS).toContain('/api/v1/disposals?limit=100');
  const page = '<p title="x">联系人电话 <b>138</b>00138000</p><script>var x = 1</script>';
  expect(findPersonalData(page)).toEqual(['mobile']);
});
