/** What is tested where a row is only a test: these words stand before 测试. */
const TESTED =
  '(?:系统|功能|接口|平台|流程|全流程|联调|上线|内部|压力|新增|发布|推送|同步|数据|公告|公示|招标|采购|中标|成交|结果|变更|更正|项目|标段|工程|政府|建设|交易|公共资源|电子|挂牌|出让|土地|这是|一个|一条|的)*';
/** What a test row is besides: words behind 测试. 设备, 服务, 系统, 中心 are not among them: they make it a thing to be bought. */
const KIND =
  '(?:测试|test|公告|公示|项目|工程|数据|标题|标段|信息|内容|附件|招标|采购|中标|成交|结果|候选人|变更|更正|合同|终止|专用|使用|用例|用|请|勿投标?|忽略|第|次|包|号|条|[一二三四五六七八九十]|[a-z\\d])*';
const PLACE = '(?:\\p{Script=Han}{2,8}?[省市区县])?';
const WHOLE = new RegExp(`^${PLACE}${TESTED}(?:测试|test)${KIND}$`, 'u');
/** `【系统测试】`, `[测试数据]` anywhere; in round brackets only at either end, where `（软件测试）` would be a lot. */
const FLAG =
  /[【[][^【】[\]]{0,6}(?<!软件|安全|性能|检测|水质|土壤)测试(?:数据|公告|项目|信息|专用|用|环境|勿投)?\d*[】\]]/;
const BRACKET = /^\((?:系统|功能|接口|联调)?测试(?:数据|公告|项目|用)?\d*\)|\(测试(?:数据|公告|项目|用)?\d*\)\d*$/;
const PLEA = /测试(?:数据|公告|项目|用)?[,;:!。]?(?:请|敬请)?(?:勿|忽略|不要|无需)/;

/**
 * Whether a title is that of a row with which a site tests itself (`【系统测试】…`, `测试公告1`, `某市测试项目招标公告`). Titles in
 * which 测试 says what is bought (测试设备, 软件测试服务) are none.
 */
export function isTestTitle(title: string): boolean {
  const text = title.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  if (FLAG.test(text) || BRACKET.test(text) || PLEA.test(text)) return true;
  return WHOLE.test(text.replace(/[^\p{L}\p{N}]/gu, ''));
}
