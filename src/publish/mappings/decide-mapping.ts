import { and, desc, eq, getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { codeMappings, retryRequests, unknownCodes } from '#db/schema/index.ts';
import { excludedOf, paramsOf } from '#db/sql-pieces.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { ConflictError, InputError } from '#src/domain/errors.ts';
import type { MappingKind, MappingTarget } from '#src/domain/mappings/mapping.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import { stageDefinition } from '#src/domain/stages.ts';

/** What a value of a source is to mean, as a member of staff decides. */
export interface MappingDecision {
  sourceKey: string;
  kind: MappingKind;
  value: string;
  /** The version that was looked at; 0 where there was none. */
  seen: number;
  target: MappingTarget;
  /** Rule or document, read by the public. */
  basis: string;
  role: Role;
}

const { id: _id, ...COLUMNS } = getTableColumns(codeMappings);
const INSERT = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(codeMappings).values(paramsOf(COLUMNS, p)),
);
type Key = Pick<MappingDecision, 'sourceKey' | 'kind' | 'value'>;
const LAST = defineQuery((db, p: Params<Key>) =>
  db
    .select({ version: COLUMNS.version, target: COLUMNS.target })
    .from(codeMappings)
    .where(and(eq(COLUMNS.sourceKey, p.sourceKey), eq(COLUMNS.kind, p.kind), eq(COLUMNS.value, p.value)))
    .orderBy(desc(COLUMNS.version))
    .limit(1),
);
const SETTLE = defineQuery((db, p: Params<Key>) =>
  db
    .delete(unknownCodes)
    .where(
      and(eq(unknownCodes.sourceKey, p.sourceKey), eq(unknownCodes.kind, p.kind), eq(unknownCodes.value, p.value)),
    ),
);
const REQUEST = getTableColumns(retryRequests);
const ASK = defineQuery((db, p: Params<RowOf<typeof REQUEST>>) =>
  db
    .insert(retryRequests)
    .values(paramsOf(REQUEST, p))
    .onConflictDoUpdate({
      target: REQUEST.sourceKey,
      set: excludedOf({ actor: REQUEST.actor, askedAt: REQUEST.askedAt, done: REQUEST.done }),
    }),
);

/**
 * Gives a value of a source a meaning, as the next version of its mapping, and has the items that wait for it judged again by the
 * worker. The caller holds the transaction. Returns the version. @throws ConflictError, InputError
 */
export function decideMapping(db: Db, { seen, ...decision }: MappingDecision, context: WriteContext): number {
  const { sourceKey, kind, value, target, basis } = decision;
  if ('category' in target && target.stage !== 'mixed') {
    const fits = stageDefinition(target.stage).categories.includes(target.category);
    if (!fits) throw new InputError([{ name: 'stage', message: '该交易类别没有这个环节' }]);
  }
  if (redactPersonalData(basis).masked > 0)
    throw new InputError([{ name: 'basis', message: '依据会公开，不能写证件号、手机号等个人信息' }]);
  const version = (LAST.first(db, { sourceKey, kind, value })?.version ?? 0) + 1;
  if (version !== seen + 1) throw new ConflictError('这个代码刚被别人对照过，请看过再改');
  INSERT.run(db, { ...decision, version, actor: context.actor, at: context.now });
  SETTLE.run(db, { sourceKey, kind, value });
  if (!('nothing' in target)) requestRetry(db, sourceKey, context);
  return version;
}

/** The mapping of a value that counts; undefined where there is none. */
export function findMapping(db: Db, key: Key): { version: number; target: MappingTarget } | undefined {
  return LAST.first(db, key);
}

/** Has everything of a source that was rejected judged again by the worker. */
export function requestRetry(db: Db, sourceKey: string, { actor, now }: { actor: Actor; now: string }): void {
  ASK.run(db, { sourceKey, actor, askedAt: now, done: 0 });
}
