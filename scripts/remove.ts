import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '#db/client.ts';
import { FileStore } from '#src/attachments/store.ts';
import { removeUnusedFiles } from '#src/attachments/sweep.ts';
import { markVersion } from '#src/publish/removal/versions.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { addToList, type ListedRemoval, readRemovalList, removalListPath } from '#src/server/removal/list.ts';
import { listOldDatabases, purgeBulk, purgeDatabase, removeFromEngine } from '#src/server/removal/purge.ts';
import { applyRemoval, isPublicNotice } from '#src/server/removal/remove.ts';
import { surveyRemoval, surveyVersion } from '#src/server/removal/survey.ts';
import { findRunningEngine } from '#src/server/verify/engine-index.ts';
import { claimOrExit } from './launch/claims.ts';
import { operator } from './launch/operator.ts';

const USAGE = `用法：npm run remove -- notice|exposure|article 编号 [--version 版本号] --reason 依据 [--dry-run] [--yes]
      npm run remove -- resume        完成中断的删除，并再清除一次残留`;

/** Ends the command with a message. */
function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    reason: { type: 'string' },
    version: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
  },
});
const [subject, id = ''] = positionals;
if (values.version !== undefined && !/^[1-9]\d{0,8}$/.test(values.version)) refuse(USAGE);
const version = values.version === undefined ? undefined : Number(values.version);

await claimOrExit('remove');
const { DATA_DIR: dataDirectory } = getConfig();
if (!existsSync(databasePath())) refuse(`没有数据库：${databasePath()}`);
const db = openDatabase(databasePath());
db.$client.pragma('secure_delete = ON');

if (subject === 'resume') await complete([]);
else {
  const removal = readRemoval();
  describe(removal);
  if (!values['dry-run']) {
    if (!values.yes) await confirm();
    await complete([removal]);
  }
}
db.$client.close();

function readRemoval(): ListedRemoval {
  if ((subject !== 'notice' && subject !== 'exposure' && subject !== 'article') || !id) refuse(USAGE);
  const reason =
    values.reason?.trim() || refuse('缺少依据（--reason），例如文书名称和文号；依据会公开，不要写入被删除的内容');
  const at = new Date().toISOString();
  const removal = { subject, id, reason, actor: operator('remove'), at, closed: [] } satisfies ListedRemoval;
  if (version === undefined) return removal;
  if (subject === 'article') refuse('文章只能整篇删除，请去掉 --version');
  const content = markVersion(db, subject, id, version) ?? refuse(`没有这个版本，或其内容已经删除：第 ${version} 版`);
  return { ...removal, content };
}

function describe(removal: ListedRemoval): void {
  const { named, versions, rawItems } =
    version === undefined ? surveyRemoval(db, removal) : surveyVersion(db, removal, version);
  if (named.length === 0) refuse(`没有这个编号：${id}`);
  for (const { id, title } of named) console.log(`${id}  ${title || '（公示条目或已删除的公告）'}`);
  console.log(
    `将销毁 ${versions} 个版本的内容和盐、${rawItems} 份原始数据，以及由其得出的标题、单位、金额、附件、索引、批量文件和缓存。`,
  );
  if (version !== undefined)
    console.log(
      '只删除这一版所说的内容；其他来源的同一公告中相同的版本一并删除。若现行版本即为该内容，公告下线，直到来源给出新的内容。',
    );
  console.log('保留：版本号、时间、封印和删除依据。镜像站会在变更接口读到依法删除。');
  const old = listOldDatabases(dataDirectory);
  if (old.length > 0)
    console.log(`以下备份中仍有该内容，恢复时会按删除清单再次删除：\n${old.map((path) => `  ${path}`).join('\n')}`);
}

async function confirm(): Promise<void> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`不可恢复。输入编号 ${id} 确认：`);
  prompt.close();
  if (answer.trim() !== id) refuse('没有确认，什么也没有做');
}

/** The list first: whatever is cut off from then on, the next call completes. */
async function complete(added: readonly ListedRemoval[]): Promise<void> {
  addToList(dataDirectory, added);
  const listed = readRemovalList(removalListPath(dataDirectory));
  const done = listed.map((removal) => applyRemoval(db, removal));
  addToList(dataDirectory, done);
  purgeBulk(dataDirectory);
  await removeUnusedFiles(db, new FileStore(dataDirectory), Date.now());
  const ids = [...new Set(done.flatMap(({ id, closed }) => [id, ...closed.map((one) => one.id)]))];
  const gone = ids.filter((one) => !isPublicNotice(db, one));
  const engine = await findRunningEngine(getConfig());
  if (engine) await removeFromEngine(engine, gone);
  purgeDatabase(db);
  console.log(
    `已删除；清单 ${removalListPath(dataDirectory)} 共 ${done.length} 项，应随备份一起保存。${engine ? '' : '搜索引擎没有运行，启动后由后台服务清除。'}`,
  );
}
