import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');

/** Repository paths and the texts that stand there instead of what is on disk. */
export type Overlay = ReadonlyMap<string, string>;

/** A compile error: where (repository path, offset), and the message with all its elaborations. */
export interface CompileError {
  path: string;
  at: number;
  message: string;
}

/** The project as the compiler sees it, with some files in other words. Checks a file when it is asked about it. */
export class TypedProject {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;

  /** `before` spares the parsing of what stays as it is. */
  constructor(overlay: Overlay = new Map(), before?: TypedProject) {
    const config = ts.getParsedCommandLineOfConfigFile(
      join(ROOT, 'tsconfig.json'),
      { incremental: false, tsBuildInfoFile: undefined, noErrorTruncation: true },
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => fail(messageText) },
    );
    if (!config) throw new Error('tsconfig.json cannot be read');
    const texts = new Map([...frontmatters(), ...overlay].map(([path, text]) => [join(ROOT, path), text]));
    this.program = ts.createProgram({
      rootNames: [...new Set([...config.fileNames, ...texts.keys()])],
      options: config.options,
      host: hostOf(config.options, texts, before?.program),
      ...(before ? { oldProgram: before.program } : {}),
    });
    this.checker = this.program.getTypeChecker();
  }

  /** Own files, without declarations. */
  get files(): ts.SourceFile[] {
    const own = this.program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/'));
    return own.filter(({ fileName, isDeclarationFile }) => fileName.startsWith(ROOT) && !isDeclarationFile);
  }

  /** The errors of some files, else of all. */
  errors(paths?: readonly string[]): CompileError[] {
    const files = paths ? paths.map((path) => this.file(path)) : this.files;
    return files.flatMap((file) =>
      [...this.program.getSyntacticDiagnostics(file), ...this.program.getSemanticDiagnostics(file)].map((found) => ({
        path: pathOf(file),
        at: found.start ?? 0,
        message: ts.flattenDiagnosticMessageText(found.messageText, '\n'),
      })),
    );
  }

  /** @throws Error when there is no such file */
  file(path: string): ts.SourceFile {
    return this.program.getSourceFile(join(ROOT, path)) ?? fail(`${path} is no file of the project`);
  }
}

/** The repository path of a file; of the part of an Astro page that is TypeScript, the page's. */
export function pathOf({ fileName }: ts.SourceFile): string {
  return relative(ROOT, fileName).replace(/\.astro\.ts$/, '.astro');
}

/** What stands between the fences of every Astro file, as a module beside it. */
function frontmatters(): [path: string, text: string][] {
  const pages = globSync('src/**/*.astro', { cwd: ROOT });
  return pages.map((page) => [
    `${page}.ts`,
    /^---\n(.*?)^---$/ms.exec(readFileSync(join(ROOT, page), 'utf8'))?.[1] ?? '',
  ]);
}

function hostOf(options: ts.CompilerOptions, texts: Overlay, before: ts.Program | undefined): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile, fileExists, readFile } = host;
  const folders = new Set([...texts.keys()].map((name) => dirname(name)));
  const { directoryExists } = host;
  host.directoryExists = (name) => folders.has(name) || directoryExists?.(name) === true;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.getSourceFile = (name, target, onError, anew) => {
    const text = texts.get(name);
    const known = before?.getSourceFile(name);
    if (text === undefined)
      return known && !texts.has(name) && isOnDisk(known) ? known : getSourceFile(name, target, onError, anew);
    return known?.text === text ? known : ts.createSourceFile(name, text, target, true);
  };
  return host;
}

/** Whether a file that was parsed before is what stands on disk. */
function isOnDisk({ fileName, text, isDeclarationFile }: ts.SourceFile): boolean {
  return isDeclarationFile || (ts.sys.fileExists(fileName) && ts.sys.readFile(fileName) === text);
}

function fail(message: string | ts.DiagnosticMessageChain): never {
  throw new Error(ts.flattenDiagnosticMessageText(message, '\n'));
}
