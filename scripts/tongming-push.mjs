#!/usr/bin/env node
// tongming-push: sends a county's items to a Tongming site, signed, in batches, and keeps a receipt.
//
//   node tongming-push.mjs --key qufu.key.json --kind notices FILE_OR_FOLDER...
//
// One file for counties to copy: Node 20 or newer, nothing to install. Reads JSON (an array, or one item), NDJSON, CSV and XLSX
// (first sheet; headers are field names of the API, e.g. id,title,category; other headers become fields). What the receipt
// says was taken in is not sent again.
import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { inflateRawSync } from 'node:zlib';

const KINDS = ['notices', 'exposures', 'organizations'];
const COVERED = ['@method', '@authority', '@path', 'content-digest', 'content-type', 'idempotency-key'];
const TYPE = 'application/x-ndjson';
/** A batch ends at the first of these; the site takes ten thousand items and 64 MB, within half a minute. */
const BATCH_ITEMS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 1_000;
/** Own fields of items; any other column of a table goes into `fields` under its header. */
const OWN = new Set(
  (
    'id title category stage publishedAt modifiedAt county url originUrl bodyHtml projectCode lotCode withdrawn ' +
    'board kind list subjectType block'
  ).split(' '),
);

const USAGE = `用法：node tongming-push.mjs --key 密钥文件 [--kind notices|exposures|organizations]
       [--to 连接地址] [--receipt 回执文件] [--dry-run] 文件或文件夹…`;

const { values: options, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string' },
    kind: { type: 'string', default: 'notices' },
    to: { type: 'string' },
    receipt: { type: 'string', default: 'tongming-receipt.ndjson' },
    'dry-run': { type: 'boolean', default: false },
  },
});

await main().catch((error) => stop(error instanceof Error ? error.message : String(error)));

async function main() {
  const { kind, receipt } = options;
  if (!options.key || paths.length === 0 || !KINDS.includes(kind)) stop(USAGE);
  const key = JSON.parse(readFileSync(options.key, 'utf8'));
  const done = readReceipt(receipt, kind);
  const lines = paths
    .flatMap(listFiles)
    .flatMap(readItems)
    .map((item) => JSON.stringify(item));
  const fresh = lines.filter((line) => !done.has(hashOf(line)));
  console.log(`共 ${lines.length} 条，其中 ${lines.length - fresh.length} 条此前已推送，本次 ${fresh.length} 条。`);
  if (options['dry-run']) return;
  const totals = { created: 0, changed: 0, unchanged: 0, rejected: 0 };
  let sent = 0;
  for (const batch of toBatches(fresh)) {
    const answer = await send(key, kind, batch);
    // Written only after the site has said that it keeps the items: what is missing here is sent again.
    const at = new Date().toISOString();
    const entries = answer.items.map((item) => JSON.stringify({ at, kind, hash: hashOf(batch[item.index]), ...item }));
    appendFileSync(receipt, `${entries.join('\n')}\n`, { flush: true });
    for (const name of Object.keys(totals)) totals[name] += answer[name];
    for (const { id, status, reasons } of answer.items) {
      if (status === 'rejected')
        console.error(`拒收 ${id ?? '（无编号）'}：${reasons.map(({ message }) => message).join('；')}`);
    }
    sent += batch.length;
    console.log(`已推送 ${sent}/${fresh.length}`);
  }
  const { created, changed, unchanged, rejected } = totals;
  console.log(`新增 ${created}，变更 ${changed}，未变 ${unchanged}，拒收 ${rejected}；回执 ${receipt}`);
  if (rejected > 0) process.exitCode = 2;
}

/** Hashes of the items that the site has taken in. Rejected ones count as not sent: the site may judge them otherwise later. */
function readReceipt(path, kind) {
  if (!existsSync(path)) return new Set();
  const entries = readFileSync(path, 'utf8').split('\n').flatMap(parseEntry);
  return new Set(entries.filter((entry) => entry.kind === kind && entry.status !== 'rejected').map(({ hash }) => hash));
}

/** The last line is cut when this program was killed while it wrote it. */
function parseEntry(line) {
  try {
    return line === '' ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}

function* toBatches(lines) {
  let batch = [];
  let bytes = 0;
  for (const line of lines) {
    const length = Buffer.byteLength(line) + 1;
    if (batch.length > 0 && (batch.length >= BATCH_ITEMS || bytes + length > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += length;
  }
  if (batch.length > 0) yield batch;
}

/** Sends a batch until it is answered. The same batch has the same idempotency key, also in another run: it counts once. */
async function send(key, kind, batch) {
  const body = `${batch.join('\n')}\n`;
  for (let attempt = 1; ; attempt++) {
    const fault = await post(key, kind, body);
    if (fault.answer) return fault.answer;
    if (!fault.again || attempt >= ATTEMPTS) throw new Error(`推送失败：${fault.message}`);
    console.error(`${fault.message}，稍后重试（${attempt}/${ATTEMPTS - 1}）`);
    await delay(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
}

async function post(key, kind, body) {
  const path = `/api/v1/sync/${kind}`;
  const headers = signedHeaders(key, path, body);
  try {
    const response = await fetch(new URL(path, options.to ?? key.site), { method: 'POST', headers, body });
    const answer = await response.json();
    if (response.ok) return { answer };
    const faults = (answer.errors ?? []).map(({ name, message }) => `${name}${message}`).join('；');
    const message = `${response.status} ${answer.detail ?? ''}${faults ? `（${faults}）` : ''}`;
    return { message, again: response.status >= 500 || response.status === 409 || response.status === 429 };
  } catch (error) {
    return { message: `没有收到答复：${error.cause?.message ?? error.message}`, again: true };
  }
}

/** RFC 9421 with Ed25519, and RFC 9530. */
function signedHeaders({ keyId, site, privateKey }, path, body) {
  const digest = createHash('sha256').update(body).digest();
  const headers = {
    'content-type': TYPE,
    'content-digest': `sha-256=:${digest.toString('base64')}:`,
    'idempotency-key': digest.toString('hex').slice(0, 40),
  };
  const derived = { '@method': 'POST', '@authority': new URL(site).host, '@path': path };
  const created = Math.floor(Date.now() / 1000);
  const names = COVERED.map((name) => `"${name}"`).join(' ');
  const parameters = `(${names});created=${created};keyid="${keyId}";alg="ed25519";nonce="${randomUUID()}"`;
  const lines = COVERED.map((name) => `"${name}": ${derived[name] ?? headers[name]}`);
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  const signature = sign(null, Buffer.from(base), createPrivateKey(privateKey)).toString('base64');
  return { ...headers, 'signature-input': `sig=${parameters}`, signature: `sig=:${signature}:` };
}

function listFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.(?:json|ndjson|csv|xlsx)$/i.test(name) && !/^[.~]/.test(name));
  return names.sort().map((name) => join(path, name));
}

function readItems(path) {
  const type = extname(path).toLowerCase();
  if (type === '.csv') return toItems(parseCsv(decode(readFileSync(path))));
  if (type === '.xlsx') return toItems(readSheet(readFileSync(path)));
  const text = decode(readFileSync(path));
  if (type === '.ndjson')
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  if (type === '.json') return [JSON.parse(text)].flat();
  return stop(`不支持的文件类型：${path}`);
}

/** UTF-8, or GB 18030, in which Excel saves CSV files in China. */
function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
}

function toItems([headers = [], ...rows]) {
  return rows.filter((row) => row.some((cell) => cell !== '')).map((row) => toItem(headers, row));
}

function toItem(headers, row) {
  const item = {};
  const fields = {};
  headers.forEach((header, index) => {
    const name = header.trim();
    const value = (row[index] ?? '').trim();
    if (name === '' || value === '') return;
    if (name === 'withdrawn') item.withdrawn = /^(?:true|1|是)$/i.test(value);
    else if (name === 'attachments') item.attachments = toAttachments(value);
    else if (OWN.has(name)) item[name] = value;
    else fields[name] = value;
  });
  if (item.withdrawn && options.kind === 'notices') return { id: item.id, withdrawn: true };
  return { ...item, fields };
}

function toAttachments(text) {
  const urls = text.split(/[\s;；]+/).filter(Boolean);
  return urls.map((url) => ({ name: decodeURIComponent(new URL(url).pathname.split('/').at(-1)) || '附件', url }));
}

/** RFC 4180, with either end of line. */
function parseCsv(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    rows.at(-1).push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
    if (cell.lastIndex >= text.length) return rows;
    if (match[3] !== ',') rows.push([]);
  }
  return stop('CSV 中的引号不成对');
}

/** The first sheet of a workbook, as text: an XLSX file is a ZIP of XML. */
function readSheet(bytes) {
  const files = unzip(bytes);
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? stop('工作簿中没有第一张表');
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si\b[^>]*>(.*?)<\/si>/gs)].map(([, xml]) =>
    textOf(xml),
  );
  return [...sheet.matchAll(/<row\b[^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells = '']) => {
    const row = [];
    for (const [, attributes, xml = ''] of cells.matchAll(/<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const column = columnOf(/\br="([A-Z]+)/.exec(attributes)?.[1] ?? '', row.length);
      while (row.length < column) row.push('');
      row[column] = cellText(attributes, xml, shared);
    }
    return row;
  });
}

function cellText(attributes, xml, shared) {
  const type = /\bt="(\w+)"/.exec(attributes)?.[1];
  const value = /<v[^>]*>(.*?)<\/v>/s.exec(xml)?.[1] ?? '';
  if (type === 's') return shared[Number(value)] ?? '';
  return type === 'inlineStr' ? textOf(xml) : unescapeXml(value);
}

function columnOf(letters, fallback) {
  if (letters === '') return fallback;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Text of a rich text, without the readings that East Asian workbooks carry. */
function textOf(xml) {
  const plain = xml.replace(/<rPh\b.*?<\/rPh>/gs, '');
  return [...plain.matchAll(/<t\b[^>]*?(?:\/>|>(.*?)<\/t>)/gs)].map(([, text = '']) => unescapeXml(text)).join('');
}

function unescapeXml(text) {
  const named = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
    name ? (named[name] ?? all) : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}

/** Texts of the files of a ZIP archive, by its central directory. */
function unzip(bytes) {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) stop('不是 XLSX 文件');
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + size);
    const path = bytes.toString('utf8', at + 46, at + 46 + name);
    if (/^xl\/(?:sharedStrings|worksheets\/sheet1)\.xml$/.test(path)) {
      files.set(path, (method === 8 ? inflateRawSync(data) : data).toString('utf8'));
    }
    at += 46 + name + extra + comment;
  }
  return files;
}

function hashOf(line) {
  return createHash('sha256').update(line).digest('hex');
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
