import type { FeedAdapter } from '../types.ts';
import { ccgp } from './ccgp.ts';
import { ccgpShandong } from './ccgp-shandong.ts';
import { console } from './console.ts';
import { epointFulltext } from './epoint-fulltext.ts';
import { epointPagelist } from './epoint-pagelist.ts';
import { folder } from './folder.ts';
import { ggzyNational } from './ggzy-national.ts';
import { hanweb } from './hanweb.ts';
import { jinan } from './jinan.ts';
import { jiningAbp } from './jining-abp.ts';
import { jiningNewest } from './jining-newest.ts';
import { jsonList } from './json-list.ts';
import { ocds } from './ocds.ts';
import { push } from './push.ts';
import { syndication } from './syndication.ts';

/** Every platform family that can be read, by the key that source entries name. */
export const ADAPTERS = {
  ccgp,
  'ccgp-shandong': ccgpShandong,
  console,
  'epoint-fulltext': epointFulltext,
  'epoint-pagelist': epointPagelist,
  folder,
  'ggzy-national': ggzyNational,
  hanweb,
  jinan,
  'jining-abp': jiningAbp,
  'jining-newest': jiningNewest,
  'json-list': jsonList,
  ocds,
  push,
  syndication,
} as Record<string, FeedAdapter<unknown>>;
