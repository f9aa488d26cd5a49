import type { Random } from '#scripts/demo/generate/random.ts';
import { FEED_FAULTS, type FeedFault, type WriteAnswer } from '#tests/support/feed-server.ts';
import type { FeedItem } from '#tests/support/test-site.ts';

/** A page of the test feed. */
interface Page {
  items: FeedItem[];
  total: number;
  next?: string;
}

export interface Misbehaviour {
  name: string;
  write: FeedFault | WriteAnswer;
  /** States in which a run may end when every answer is of this kind. */
  states: readonly string[];
}

/** A body without end, which counts how much of it was taken. */
export class Flood {
  /** Most bytes that one request has taken, with what lies in the buffers on the way. */
  mostTaken = 0;

  readonly write: WriteAnswer = (response, answer) => {
    response.writeHead(200, { 'content-type': answer.type });
    const block = Buffer.alloc(256 * 1024, ' ');
    let taken = 0;
    const more = (): void => {
      this.mostTaken = Math.max(this.mostTaken, taken);
      taken += block.length;
      if (response.write(block)) setImmediate(more);
      else response.once('drain', more);
    };
    response.write('{');
    more();
  };
}

export interface HostileParts {
  flood: Flood;
  random: Random;
  /** Addresses that must never be asked. */
  canaries: readonly string[];
  /** True for an item that has been taken in its present form: only then can a lie about it be told from news. */
  isTaken: (item: FeedItem) => boolean;
}

const FAILED = ['failed'];
const HELD = ['held'];
const SUCCEEDED = ['succeeded'];
/** The whole feed tells that something is missing or wrong, a look at its newest part does not. */
const HELD_WHEN_FULL = ['succeeded', 'held'];

/** Answers with a changed page. */
function changed(change: (page: Page, url: URL) => Page): WriteAnswer {
  return (response, answer, url) => {
    const page = change(JSON.parse(answer.body) as Page, url);
    response.writeHead(200, { 'content-type': answer.type }).end(JSON.stringify(page));
  };
}

/** Answers with the page's items changed. */
function changedItems(change: (items: FeedItem[]) => FeedItem[]): WriteAnswer {
  return changed((page) => ({ ...page, items: change(page.items) }));
}

/** Sends only the first bytes, cut anywhere, also in the middle of a character. */
function cutAnywhere(random: Random): WriteAnswer {
  return (response, answer) => {
    const bytes = Buffer.from(answer.body);
    const end = random.integer(1, Math.max(1, bytes.length - 1));
    response.writeHead(200, { 'content-type': answer.type }).end(bytes.subarray(0, end));
  };
}

function redirect(location: string): Misbehaviour {
  const write: WriteAnswer = (response) => void response.writeHead(302, { location }).end();
  return { name: `redirect to ${location}`, write, states: FAILED };
}

/** Another notice under the id of this one, of which nothing else is wrong. */
function toStranger(item: FeedItem): FeedItem {
  const number = item.id.replace(/\D/g, '').padStart(5, '0');
  const title = `${number}片区农村饮水管网改造施工招标公告`;
  return {
    ...item,
    title,
    code: `JNGC20260${number}`,
    body: `<p>${title}</p><p>本片区饮水管网老化，现对改造施工公开招标，合格的单位都可以投标。</p>`,
  };
}

const nextOf = (url: URL) => `/list?page=${Number(url.searchParams.get('page') ?? 1) + 1}`;

/** Everything that a feed may do to us. */
export function listMisbehaviours({ random, flood, canaries, isTaken }: HostileParts): Misbehaviour[] {
  const shuffle = (items: FeedItem[]) => random.sample(items, items.length);
  const onTaken = (change: (item: FeedItem) => FeedItem) =>
    changedItems((items) => items.filter((item) => isTaken(item) && !item.withdrawn).map(change));
  return [
    ...FEED_FAULTS.map((fault) => ({ name: fault, write: fault, states: FAILED })),
    ...canaries.map(redirect),
    { name: 'body without end', write: flood.write, states: FAILED },
    { name: 'cut anywhere', write: cutAnywhere(random), states: FAILED },
    { name: 'rows doubled', write: changedItems((items) => shuffle([...items, ...items])), states: SUCCEEDED },
    { name: 'rows reordered', write: changedItems(shuffle), states: SUCCEEDED },
    { name: 'no last page', write: changed((page, url) => ({ ...page, next: nextOf(url) })), states: SUCCEEDED },
    { name: 'emptied', write: changed(() => ({ items: [], total: 0 })), states: HELD },
    { name: 'half gone', write: changedItems((items) => items.slice(items.length >> 1)), states: HELD_WHEN_FULL },
    { name: 'ids re-issued', write: onTaken((item) => ({ ...item, id: `again-${item.id}` })), states: HELD },
    { name: 'ids given to others', write: onTaken(toStranger), states: HELD_WHEN_FULL },
    {
      name: 'rows unreadable',
      write: changedItems((items) => items.map(({ id }) => ({ id }) as FeedItem)),
      states: HELD_WHEN_FULL,
    },
    { name: 'dates to come', write: onTaken((item) => ({ ...item, date: '2099-01-01' })), states: HELD_WHEN_FULL },
  ];
}
