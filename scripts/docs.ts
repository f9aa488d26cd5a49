import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDataModel } from './docs/data-model.ts';
import { ROOT } from './launch/root.ts';

writeFileSync(join(ROOT, 'docs/data-model.md'), describeDataModel());
