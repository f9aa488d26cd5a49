import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { parseVerifierKey } from '#src/domain/tlog/note.ts';

const flag = (fallback: 'true' | 'false') =>
  z
    .enum(['true', 'false', '1', '0'])
    .default(fallback)
    .transform((value) => value === 'true' || value === '1');

const text = z.string().trim().min(1).optional().catch(undefined);

const commaList = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((list) =>
      list
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    );

/** Parses a setting; what it is refused for is told with the setting's name. */
function parsed<Value>(parse: (text: string) => Value) {
  return (text: string, context: z.RefinementCtx): Value => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  };
}

const parseLogKey = parsed((text) => parseVerifierKey(text));
const parseWitness = parsed((text) => {
  const [vkey = '', url = ''] = text.split(/\s+/);
  return { key: parseVerifierKey(vkey), url: new URL(url).href.replace(/\/+$/, '') };
});

const DEFAULT_PORT = 4321;
const DEFAULT_STAFF_PORT = 4322;

/** Every environment variable the product reads. The table in docs/configuration.md is tested against these keys. */
export const environmentSchema = z.object({
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((path) => (isAbsolute(path) ? path : resolve(path))),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(DEFAULT_PORT),
  /** Public address of the site; without it, the local address with PORT. */
  SITE_URL: z.url().transform((url) => url.replace(/\/+$/, '')),
  /** The staff's console: where it listens (never beyond this machine unless said so), and its address. */
  STAFF_HOST: z.string().default('127.0.0.1'),
  STAFF_PORT: z.coerce.number().int().min(0).max(65_535).default(DEFAULT_STAFF_PORT),
  STAFF_URL: z.url().transform((url) => url.replace(/\/+$/, '')),
  /** Whether staff can do nothing before they have set up one-time passwords; the demonstration does without. */
  STAFF_SECOND_FACTOR: flag('true'),
  /** Single sign-on of staff (OpenID Connect): all of it or nothing. Plain HTTP only on this machine. */
  OIDC_ISSUER: z
    .url()
    .refine((url) => /^https:|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(`${url}/`), 'has to be https')
    .optional(),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  /** File that holds the secret, in its place. */
  OIDC_CLIENT_SECRET_FILE: text,
  /** What staff call it, on the button. */
  OIDC_NAME: z.string().default('统一身份认证'),
  /** Values of `amr` or `acr` by which the provider says that it asked for more than a password, comma-separated. */
  OIDC_SECOND_FACTOR: commaList('mfa'),
  /** Host names besides SITE_URL's that the HTTP server accepts, comma-separated; others get 421. */
  ALLOWED_HOSTS: commaList('localhost,127.0.0.1,[::1]'),
  /** New answers (not kept ones) that one client may have made in a minute; a whole list as a file counts as 20. */
  RATE_LIMIT: z.coerce.number().int().min(1).default(1_200),
  /** Proxies on other machines whose X-Forwarded-For is believed, comma-separated addresses or CIDR ranges. */
  TRUSTED_PROXIES: commaList('').pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))),
  /** Load the demonstration sites instead of real sources. */
  DEMO: flag('true'),
  /** Port of the demonstration feed server. */
  DEMO_PORT: z.coerce.number().int().min(0).max(65_535).default(4380),
  /** Minutes between two reads of a demonstration site. */
  DEMO_MINUTES: z.coerce.number().int().min(2).max(30).default(2),
  /** JSON file with source entries, in place of the built-in list. */
  SOURCES_FILE: text,
  /** JSON file with holiday plans of further years, in the format of holiday-cn. */
  HOLIDAYS_FILE: text,
  /** Folder that file feeds (CSV, XLSX) are read from; their settings name folders below it. */
  FEED_FILES_DIR: text,
  /** host:port pairs of loopback or private feeds that the fetch guard lets through, comma-separated. */
  FEED_ALLOW_PRIVATE: commaList(''),
  /** Mail server (`smtp://` or `smtps://`, with user and password) and sender: without both, mail is not offered. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: text,
  /** Hour in Shanghai at which daily digests go out. */
  DIGEST_HOUR: z.coerce.number().int().min(0).max(23).default(8),
  /** host:port pairs on loopback or private addresses that webhooks of any kind may lead to, comma-separated. */
  WEBHOOK_ALLOW_PRIVATE: commaList(''),
  MEILI_URL: text,
  MEILI_KEY: text,
  MEILI_BIN: text,
  MEILI_PORT: z.coerce.number().int().min(0).max(65_535).default(7711),
  /** `off` never starts or asks an engine: the built-in index answers. */
  SEARCH_ENGINE: z.enum(['auto', 'off']).default('auto'),
  /** Whom public submissions are sealed to (`age1…`), where the staff's key is made elsewhere; without it, the one below DATA_DIR. */
  PARTICIPATION_RECIPIENT: z
    .string()
    .regex(/^age1[a-z0-9]{58}$/)
    .optional(),
  /** File with the identity that opens them (`AGE-SECRET-KEY-1…`): for the staff role alone. */
  PARTICIPATION_IDENTITY_FILE: text,
  /** Largest file that staff attach to a notice, and largest attachment of a feed that is kept here too, in MB. */
  UPLOAD_LIMIT_MB: z.coerce.number().int().min(1).max(2_000).default(200),
  KEPT_FILE_LIMIT_MB: z.coerce.number().int().min(1).max(2_000).default(100),
  /** Socket of ClamAV (path, or host:port), which looks for viruses in attachments. */
  CLAMAV_SOCKET: text,
  /** Whether credit files show a score by the published formula. */
  CREDIT_SCORE: flag('false'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  SITE_NAME: z.string().default('通明·济宁市公共资源交易公开平台'),
  /** 政府网站标识码, 10 characters; the tag is left out when it is not set. */
  SITE_ID_CODE: z
    .string()
    .regex(/^(?:\d{10}|bm\d{8})$/)
    .optional(),
  SITE_SPONSOR: text,
  /** What the numbers of letters on requests for information begin with: `济公资公开〔2026〕7号`. */
  LETTER_PREFIX: z.string().trim().min(1).max(20).default('济公资公开'),
  SITE_OPERATOR: text,
  SITE_ICP: text,
  SITE_POLICE_RECORD: text,
  /** Witnesses of the publication log: `key address`, comma-separated. */
  LOG_WITNESSES: commaList('').pipe(z.array(z.string().transform(parseWitness))),
  /** Whether checkpoints of the publication log have a second line, signed by SM2 with SM3. */
  LOG_SM2: flag('false'),
  /** Keys of the logs of other portals whose checkpoints this one cosigns, comma-separated. */
  WITNESS_LOGS: commaList('').pipe(z.array(z.string().transform(parseLogKey))),
  /** Portals that mirror this one, as `key=name`, comma-separated: /sync says how far each has read. */
  MIRRORS: commaList('').pipe(
    z.array(
      z
        .string()
        .regex(/^[a-z0-9-]{1,40}=.{1,60}$/)
        .transform((pair) => {
          const [key = '', name = ''] = pair.split('=');
          return { key, name };
        }),
    ),
  ),
  /** Codes that the platform above has given this one, for what is submitted to it. */
  PLATFORM_CODE: text,
  SERVICE_PLATFORM_CODE: text,
  SITE_PHONE: text,
  SITE_EMAIL: text,
  DATA_LICENCE: text,
  /** Prefix of OCDS identifiers; the default is a placeholder that nobody is registered for. */
  OCDS_PREFIX: z
    .string()
    .regex(/^ocds-[a-z0-9]{6}$/)
    .default('ocds-000000'),
});

export type Config = z.output<typeof environmentSchema>;

/** The environment is not what it must be; the message names every faulty variable. */
export class ConfigError extends Error {}

/** Parses an environment. @throws ConfigError */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const known = Object.fromEntries(
    Object.keys(environmentSchema.shape).map((key) => [key, environment[key] === '' ? undefined : environment[key]]),
  );
  known.SITE_URL ??= `http://localhost:${known.PORT ?? DEFAULT_PORT}`;
  known.STAFF_URL ??= `http://localhost:${known.STAFF_PORT ?? DEFAULT_STAFF_PORT}`;
  const result = environmentSchema.safeParse(known);
  if (result.success) return withDemoFeeds(result.data);
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`Configuration is not valid:\n${faults.join('\n')}`);
}

/** The demonstration's own feed server stands on a private address. */
function withDemoFeeds(config: Config): Config {
  if (!config.DEMO) return config;
  return { ...config, FEED_ALLOW_PRIVATE: [...config.FEED_ALLOW_PRIVATE, `127.0.0.1:${config.DEMO_PORT}`] };
}

let current: Config | undefined;

/** The process's configuration, parsed on first use. */
export function getConfig(): Config {
  current ??= parseConfig(process.env);
  return current;
}
