/**
 * Who may write, by the word that begins an actor's text form, and what people call it. Another kind is added here: the compiler then
 * names every place that tells kinds apart.
 */
export const ACTOR_KINDS = {
  run: '来源采集',
  key: '县区推送',
  command: '运维命令',
  job: '后台任务',
  account: '工作人员',
} as const;

export type ActorKind = keyof typeof ACTOR_KINDS;

/** Jobs that the worker does of itself. */
export type Job =
  | 'sweep-dates'
  | 'erase-submissions'
  | 'redact'
  | 'reextract'
  | 'derive-deals'
  | 'rebuild-organizations'
  | 'rename-organizations'
  | 'release-drafts'
  | 'seed-articles';

/**
 * Whoever made a change, as it is stored with what was made: `run:<id of the run>`, `key:<id of the county's key>`,
 * `command:<name> <who called it>`, `job:<name>` or `account:<id>`.
 */
export type Actor =
  | `run:${string}`
  | `key:${string}`
  | `command:${string} ${string}`
  | `job:${Job}`
  | `account:${string}`;

/** The reading of a source, a mirror's too. */
export const runActor = (runId: string): Actor => `run:${runId}`;

/** A county, by the key that signed what it pushed. */
export const keyActor = (keyId: string): Actor => `key:${keyId}`;

/** A person at the machine, by the command (one word) and the name of the account. */
export const commandActor = (command: string, who: string): Actor => `command:${command} ${who}`;

/** The worker itself. */
export const jobActor = (job: Job): Actor => `job:${job}`;

/** A member of staff, by the id of the account. */
export const accountActor = (accountId: string): Actor => `account:${accountId}`;

/** The kind of a stored actor; undefined for what was made before actors were noted. */
export function actorKind(text: string): ActorKind | undefined {
  const kind = text.slice(0, Math.max(0, text.indexOf(':')));
  return Object.hasOwn(ACTOR_KINDS, kind) ? (kind as ActorKind) : undefined;
}
