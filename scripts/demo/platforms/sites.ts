import type { County } from '#src/domain/counties/counties.ts';
import { makeEpointFulltext } from './epoint-fulltext.ts';
import { epointPagelist } from './epoint-pagelist.ts';
import { hanweb } from './hanweb.ts';
import { jinan } from './jinan.ts';
import { makeJiningAbp } from './jining-abp.ts';
import { makeJiningNewest } from './jining-newest.ts';
import type { Platform } from './site.ts';
import { atom, rss } from './syndication.ts';

/** The software each demonstration site runs on. */
export const PLATFORMS: Record<County, Platform> = {
  jining: makeJiningNewest('jining'),
  rencheng: makeJiningNewest('rencheng'),
  yanzhou: makeEpointFulltext('plain'),
  qufu: makeJiningNewest('qufu'),
  zoucheng: makeJiningNewest('zoucheng'),
  weishan: makeJiningAbp('weishan', '12'),
  yutai: epointPagelist,
  jinxiang: makeEpointFulltext('sdwrap'),
  jiaxiang: makeJiningAbp('jiaxiang', '15'),
  wenshang: hanweb,
  sishui: jinan,
  liangshan: makeEpointFulltext('gb18030'),
  gaoxin: hanweb,
  taibaihu: atom,
  jingkai: rss,
};
