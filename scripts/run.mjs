// Plain JavaScript for any Node ≥ 16: installs what is missing, then runs a script on the Node that the lockfile ships.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NEEDED_MAJOR = 24;
const SERVES = ['scripts/main.ts', 'scripts/web.ts', 'scripts/worker.ts'];

/** Packages of a lockfile by path, or undefined when it cannot be read. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** True when every locked package that must be there is there in its locked version. */
function isInstalled(withDevelopment) {
  const locked = readPackages('package-lock.json') || {};
  const installed = readPackages('node_modules/.package-lock.json');
  if (!installed) return false;
  return Object.entries(locked).every(([path, wanted]) => {
    const found = installed[path];
    if (path === '' || wanted.optional || wanted.devOptional) return true;
    if (wanted.dev && !withDevelopment && !found) return true;
    return Boolean(found) && found.version === wanted.version;
  });
}

/** Installs the locked dependencies, saying every few seconds that it is still at work. */
async function install() {
  console.log('Installing the locked dependencies (about 500 MB; only once) …');
  const started = Date.now();
  const npm = process.env.npm_execpath;
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = /npm-cli\.js$/.test(npm || '')
    ? spawn(process.execPath, [npm, ...options], { stdio: 'inherit' })
    : spawn('npm', options, { stdio: 'inherit', shell: process.platform === 'win32' });
  const stopForwarding = forwardSignals(child);
  const ticker = setInterval(() => console.log(`  … ${Math.round((Date.now() - started) / 1000)} s`), 5000);
  const code = await exitCode(child);
  clearInterval(ticker);
  stopForwarding();
  if (code !== 0) process.exit(code);
}

/** The Node to run scripts on: the locked one where there is one, else this one. Ends the process when both are too old. */
function chooseNode() {
  const locked = join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (process.execPath === locked) return locked;
  if (existsSync(locked) && spawnSync(locked, ['--version']).status === 0) return locked;
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  console.error(`Node ${process.versions.node} is too old here: install Node ${NEEDED_MAJOR} or newer and try again.`);
  return process.exit(1);
}

/** Passes signals on to a child, and stops it when our own parent dies (a killed npm passes nothing on). */
function forwardSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => child.kill(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const parents = readParents();
  const watch = setInterval(() => readParents() !== parents && child.kill('SIGTERM'), 500);
  watch.unref();
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
    clearInterval(watch);
  };
}

/** Our parent; where that is the shell that npm runs a script in, which outlives a killed npm, npm as well. */
function readParents() {
  try {
    const stat = process.env.npm_lifecycle_event ? readFileSync(`/proc/${process.ppid}/stat`, 'utf8') : '';
    // The name, in parentheses, may hold anything; behind it stand the state and the parent (proc_pid_stat(5)).
    const [, parent = ''] = /\((?:ba|da)?sh\) \S (\d+)/.exec(stat) || [];
    return `${process.ppid} ${parent}`;
  } catch {
    return String(process.ppid);
  }
}

function exitCode(child) {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(signal ? 1 : code || 0));
  });
}

process.chdir(ROOT);
const script = process.argv[2];
if (!isInstalled(!SERVES.includes(script))) await install();
const node = chooseNode();
const quickImports = `--import=${pathToFileURL(join(ROOT, 'scripts/launch/quick-imports.mjs')).href}`;
const env = {
  ...process.env,
  NODE_OPTIONS: [process.env.NODE_OPTIONS, quickImports].filter(Boolean).join(' '),
  PATH: [dirname(node), join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  ASTRO_TELEMETRY_DISABLED: '1',
};
const child = spawn(node, process.argv.slice(2), { stdio: 'inherit', env });
forwardSignals(child);
process.exit(await exitCode(child));
