import { screenPersonalData } from '#src/publish/screen/screen.ts';
import { findPersonalData } from './checks/text.ts';
import { readSitemap } from './sitemap.ts';
import { expect, test } from './test.ts';

/** Addresses of the sitemap that are read, evenly taken from it, besides the sample that `pages.spec.ts` visits. */
const SWEEP = 300;
/** What programs are given. */
const INTERFACE = ['notices', 'search?q=%E8%81%94%E7%B3%BB', 'organizations', 'exposures', 'sources'];

test('no public page and no answer to programs holds a personal number', async ({ request }) => {
  test.setTimeout(600_000);
  const all = readSitemap().addresses;
  const step = Math.max(1, Math.floor(all.length / SWEEP));
  const swept = all.filter((_, index) => index % step === 0);
  for (const address of swept) {
    expect.soft(findPersonalData(await (await request.get(address)).text()), address).toEqual([]);
  }
  for (const path of INTERFACE) {
    const address = `/api/v1/${path}${path.includes('?') ? '&' : '?'}limit=100`;
    const answer = path === 'sources' ? await request.get('/api/v1/sources') : await request.get(address);
    expect(answer.status(), address).toBe(200);
    const texts = JSON.stringify(await answer.json(), (_key, value: unknown) =>
      typeof value === 'number' ? undefined : value,
    );
    expect.soft(screenPersonalData(texts).kinds, address).toEqual([]);
  }
});

test('the sweep would find a number', () => {
  const page = '<p title="x">联系人电话 <b>138</b>00138000</p><script>var x = 1</script>';
  expect(findPersonalData(page)).toEqual(['mobile']);
});
