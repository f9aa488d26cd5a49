import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';

const CODES = { none: undefined, first: 'SDGP370883202600000', other: 'SDGP370826202602000777' } as const;
type Code = keyof typeof CODES;

let rig: IngestRig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

const TITLE = '邹城市第一中学教学设备采购项目公开招标公告';
/** The same with a few words of it changed, as staff mend a title. */
const MENDED = '邹城市第一中学教学设备（二次）采购项目公开招标公告';
/** Half of it is the same. */
const HALF = '邹城市第二实验小学教学楼设备采购竞争性磋商公告';
const UNRELATED = '微山县环卫车辆租赁服务询价通知书';

/** What becomes of an item whose id comes again with another title, with or without project codes. */
async function giveAgain(first: Code, title: string, then: Code): Promise<'changed' | 'rejected' | 'unchanged'> {
  const item = (words: string, code: Code) =>
    makeItem(0, {
      title: words,
      code: CODES[code],
      body: '<p>采购人现就本项目所需的货物和服务组织采购，欢迎符合条件的供应商参加。</p>',
    });
  const others = makeItems(20).slice(1);
  rig.items = [item(TITLE, first), ...others];
  await rig.run();
  rig.items = [item(title, then), ...others];
  const { changed, rejected } = await rig.run({ full: true });
  const titles = rig.rows(`SELECT title FROM notices WHERE source_item_id = 'item-0'`);
  expect(titles).toEqual([{ title: changed ? title : TITLE }]);
  return changed ? 'changed' : rejected ? 'rejected' : 'unchanged';
}

describe('an id that comes again with another title', () => {
  it.each<[first: Code, then: Code]>([
    ['none', 'none'],
    ['first', 'none'],
    ['none', 'first'],
  ])('is refused with its reason when the title is not alike (code: %s, then %s)', async (first, then) => {
    expect(await giveAgain(first, UNRELATED, then)).toBe('rejected');
    expect(
      rig.rows(`SELECT json_extract(reasons, '$[0].code') AS code FROM raw_items WHERE state = 'rejected'`),
    ).toEqual([{ code: 'id-reused' }]);
  });

  it.each<[first: Code, title: string, then: Code, outcome: string]>([
    ['none', MENDED, 'none', 'changed'],
    ['none', HALF, 'none', 'changed'],
    ['none', HALF, 'first', 'changed'],
    ['first', HALF, 'none', 'changed'],
    ['first', UNRELATED, 'first', 'changed'],
    ['first', HALF, 'other', 'rejected'],
    ['first', MENDED, 'other', 'changed'],
    ['first', TITLE, 'other', 'changed'],
  ])('code %s, then %s with code %s: %s', async (first, title, then, outcome) => {
    expect(await giveAgain(first, title, then)).toBe(outcome);
  });
});
