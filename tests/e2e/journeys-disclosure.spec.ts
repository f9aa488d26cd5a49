import { parseCaptions } from '#src/domain/articles/captions.ts';
import { readPdf } from '#tests/support/read-documents.ts';
import { expect, test } from './test.ts';

test('somebody reads the report of 2020, its tables, its file, and what lies under an item of the catalogue', async ({
  page,
  request,
  viewport,
}) => {
  await page.goto('/disclosure');
  await page.getByRole('main').getByRole('link', { name: '年度报告', exact: true }).click();
  await page.getByRole('link', { name: '2020 年度报告' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2020年政府信息公开工作年度报告');
  await expect(page.getByText('公共资源交易信息5182条，其中工程建设1748条，政府采购1820条')).toBeVisible();
  await expect(page.getByText('收到政府信息公开申请7件，同比降低30%')).toBeVisible();
  const table = page.getByRole('region', { name: '收到和处理政府信息公开申请情况' });
  await expect(table.getByRole('row', { name: /一、本年新收/ })).toHaveText(/3\s*4\s*0\s*0\s*0\s*0\s*7$/);
  // Nothing but the tables' own boxes is wider than the screen.
  const width = viewport?.width ?? 0;
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  const href = await page.getByRole('link', { name: '下载 PDF' }).getAttribute('href');
  const pdf = await readPdf(await (await request.get(href ?? '')).body());
  expect(pdf.isTagged).toBe(true);
  expect(pdf.words).toContain('5182条');

  await page.goto('/disclosure/catalogue');
  const item = page.getByRole('row', { name: /招标公告/ }).first();
  await item.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/notices\/construction\/tenderNotice$/);
});

test('a citizen plays what explains a policy, reads what is said, and goes to the document and back', async ({
  page,
  request,
  javaScriptEnabled,
}) => {
  const main = page.getByRole('main');
  await page.goto('/');
  await main.getByRole('link', { name: '在线视频' }).click();
  await main.getByRole('link', { name: /视频/ }).and(page.locator('.title')).first().click();
  const video = main.locator('video');
  const [film, captions] = [
    await video.locator('source').getAttribute('src'),
    await video.locator('track').getAttribute('src'),
  ];
  const part = await request.get(film ?? '', { headers: { range: 'bytes=10-19' } });
  expect([part.status(), (await part.body()).length]).toEqual([206, 10]);
  const cues = parseCaptions(await (await request.get(captions ?? '')).text());
  const transcript = main.getByRole('region', { name: '文字稿' });
  await expect(transcript.locator('p')).toHaveText(cues.map(({ text }) => text));
  await expect(video).not.toHaveAttribute('autoplay');
  if (javaScriptEnabled !== false) {
    expect(await video.evaluate((film: HTMLVideoElement) => film.paused)).toBe(true);
    await video.evaluate(async (film: HTMLVideoElement) => {
      film.muted = true;
      await film.play();
    });
    expect(await video.evaluate((film: HTMLVideoElement) => film.textTracks[0]?.mode)).toBe('showing');
  }
  const explained = main.getByRole('region', { name: '相关的文件、解读和音视频' });
  const own = page.url();
  await explained.getByRole('listitem').filter({ hasText: '政策文件' }).getByRole('link').first().click();
  await expect(explained.getByRole('listitem').filter({ hasText: '政策解读' })).not.toHaveCount(0);
  await explained.locator(`a[href="${new URL(own).pathname}"]`).click();
  await expect(page).toHaveURL(own);
});

test('a page with a film ships no more scripts than one without', async ({ request }) => {
  const scriptsOf = async (address: string) =>
    [...(await (await request.get(address)).text()).matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, src]) => src);
  const { items } = await (await request.get('/api/v1/articles?kind=media')).json();
  const others = await (await request.get('/api/v1/articles?kind=law')).json();
  const [film, law] = [await scriptsOf(`/article/${items[0].id}`), await scriptsOf(`/article/${others.items[0].id}`)];
  expect(film.filter((src) => !law.includes(src))).toEqual([]);
});
