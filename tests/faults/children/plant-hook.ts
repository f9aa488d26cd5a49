/** Loaded before a child's script: puts the bug named by FAULT_PLANT into the sources as they are read. */
import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPlant, plantInto } from '../plants.ts';

const ROOT = join(import.meta.dirname, '../../..');
const plant = findPlant(process.env.FAULT_PLANT ?? '');
const files = new Set(plant.edits.map(({ file }) => file));

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const file = url.startsWith('file:') ? relative(ROOT, fileURLToPath(url)) : '';
    return files.has(file) ? { ...loaded, source: plantInto(plant, file, String(loaded.source)) } : loaded;
  },
});
