import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { openDatabase } from '#db/client.ts';
import { commandActor } from '#src/domain/actors.ts';
import { PublicError } from '#src/domain/errors.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseSheet } from '#src/formats/table.ts';
import { importLibrary, retryLibrary } from '#src/publish/library/import.ts';
import {
  listChanges,
  mergeOrganizations,
  renameOrganization,
  splitName,
  undoChange,
} from '#src/publish/organizations/changes.ts';
import { listDoubtfulNames } from '#src/publish/organizations/current-name.ts';
import { rebuildLinks } from '#src/publish/organizations/rebuild.ts';
import { databasePath } from '#src/server/db.ts';
import { claimOrExit } from './launch/claims.ts';
import { operator } from './launch/operator.ts';

/** The command was called wrongly. */
class UsageError extends Error {}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { reason: { type: 'string' }, by: { type: 'string' }, source: { type: 'string' } },
});
const [command, ...operands] = positionals;
await claimOrExit('organizations');
const db = openDatabase(databasePath());
const now = new Date().toISOString();
const actor = values.by ? commandActor('organizations', values.by) : operator('organizations');
const context = { actor, now };

/** An operand that must be there. @throws UsageError naming it when it is not. */
function need(value: string | undefined, what: string): string {
  if (value) return value;
  throw new UsageError(`缺少${what}`);
}

async function importFile(): Promise<void> {
  const path = need(operands[0], '文件');
  const bytes = readFileSync(path);
  const { table, faults } = await parseSheet(bytes);
  for (const { reason } of faults) console.error(reason);
  const { block, added, renewed, rejected } = importLibrary(db, table, {
    source: need(values.source, '来源（--source）'),
    ...context,
  });
  console.log(`${block}：新增 ${added}，核对 ${renewed}，待处理 ${rejected + faults.length}`);
}

function rebuild(): void {
  const bar = new SingleBar({ format: '{bar} {value}/{total} 条 {duration_formatted}' });
  bar.start(1, 0);
  rebuildLinks(db, {
    actor,
    onProgress(done, total) {
      bar.setTotal(total);
      bar.update(done);
    },
  });
  bar.stop();
}

const COMMANDS: Record<string, () => void | Promise<void>> = {
  rebuild,
  import: importFile,
  merge() {
    const decision = { reason: need(values.reason, '理由（--reason）'), ...context };
    const id = mergeOrganizations(db, need(operands[0], '单位编号'), need(operands[1], '并入的单位编号'), decision);
    console.log(`已合并，变更编号 ${id}`);
  },
  split() {
    const decision = { reason: need(values.reason, '理由（--reason）'), ...context };
    const id = splitName(db, need(operands[0], '单位编号'), nameKey(need(operands[1], '名称')), decision);
    console.log(`已拆出，变更编号 ${id}`);
  },
  rename() {
    const decision = { reason: need(values.reason, '理由（--reason）'), ...context };
    const id = renameOrganization(db, need(operands[0], '单位编号'), need(operands[1], '新名称'), decision);
    const { added, renewed, rejected } = retryLibrary(db, context);
    console.log(`已改名，变更编号 ${id}；名录重审通过 ${added + renewed}，仍待处理 ${rejected}`);
  },
  undo() {
    undoChange(db, Number(need(operands[0], '变更编号')), context);
    console.log('已撤销');
  },
  doubts: () => console.table(listDoubtfulNames(db)),
  changes: () => console.table(listChanges(db)),
  retry() {
    const { added, renewed, rejected } = retryLibrary(db, context);
    console.log(`重审通过 ${added + renewed}，仍待处理 ${rejected}`);
  },
};

try {
  const run = Object.hasOwn(COMMANDS, command ?? '') ? COMMANDS[command ?? ''] : undefined;
  if (!run) throw new UsageError(`命令应为 ${Object.keys(COMMANDS).join('、')} 之一`);
  await run();
} catch (error) {
  const isExpected = [PublicError, FeedFormatError, UsageError].some((kind) => error instanceof kind);
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  db.$client.close();
}
