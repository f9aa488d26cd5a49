// Completes package-lock.json after a change. npm drops optional packages of other platforms when the
// registry in use lacks them; `npm ci` then refuses the lock, and other platforms would not install them.
// Plain JavaScript, any Node: it must run before the locked Node 24 is installed.
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK_FILE = 'package-lock.json';
const OS_NAMES = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  android: 'android',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
};
const CPU_NAMES = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];

const lock = JSON.parse(readFileSync(LOCK_FILE, 'utf8'));
const packages = lock.packages;

/** Is `name` resolvable from the package at `path`, walking up as Node does? */
function isLocked(path, name) {
  for (let at = path; ; ) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
    const parent = at.lastIndexOf('/node_modules/');
    at = parent < 0 ? '' : at.slice(0, parent);
  }
}

const added = [];
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue;
    const parts = name.split('/').pop().split('-');
    const os = parts.map((part) => OS_NAMES[part]).find(Boolean);
    const cpu = parts.find((part) => CPU_NAMES.includes(part));
    if (!/^\d/.test(version) || (!os && !cpu)) {
      console.warn('skipped', path, name, version);
      continue;
    }
    const libc = parts.includes('musl') ? ['musl'] : parts.includes('gnu') ? ['glibc'] : undefined;
    packages[`node_modules/${name}`] = {
      version,
      ...(path && entry.dev ? { dev: true } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(libc ? { libc } : {}),
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(LOCK_FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log('added', added.length, added.join(' '));
