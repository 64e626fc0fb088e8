import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Project } from '../config/project.ts';
import type { ModelPart } from '../model/statement.ts';
import { codeIdentity } from '../support/codeIdentity.ts';
import { childEnvironment } from './childEnvironment.ts';
import { contentHash } from './fileStates.ts';

/** What the models said, and every file that it came from. */
export interface CachedModels {
  /** Of each model and each module that one imports, by absolute path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** In file order, one for each model. */
  readonly parts: readonly ModelPart[];
}

// Long enough that nobody who saves again and again waits for it.
const QUIET_MS = 3_000;

const LENGTH_OF_HASH = 40;

/** What of the surroundings has a say in what models mean. */
function keyOf({ root, config }: Project): unknown {
  const { NODE_ENV, TZ, LANG, LC_ALL } = childEnvironment();
  return [codeIdentity(), process.version, root, packageOf(root), config.models, config.naming, NODE_ENV, TZ, LANG, LC_ALL];
}

/** `package.json` says what an import that begins with # leads to. */
function packageOf(root: string): string | undefined {
  try {
    return contentHash(readFileSync(join(root, 'package.json')));
  } catch {
    return undefined;
  }
}

function textOf(project: Project, { hashes, parts }: CachedModels): string {
  const content = JSON.stringify({ key: JSON.stringify(keyOf(project)), hashes: [...hashes], parts });
  return `{"sha1":"${contentHash(content)}","models":${content}}\n`;
}

/** The inverse of `textOf`; undefined where the text is not what that wrote, in these surroundings. */
function readTextOf(project: Project, text: string): CachedModels | undefined {
  const [start, middle, end] = ['{"sha1":"', '","models":', '}\n'];
  const at = start.length + LENGTH_OF_HASH + middle.length;
  const content = text.slice(at, -end.length);
  if (text.slice(0, at) !== `${start}${contentHash(content)}${middle}`) return undefined;
  const { key, hashes, parts } = JSON.parse(content);
  return key === JSON.stringify(keyOf(project)) ? { hashes: new Map(hashes), parts } : undefined;
}

/** `.fastpy/cache/models.json`: what the models said last, so that a start with unchanged models evaluates none. */
export class ModelCache {
  readonly #project: Project;
  readonly #file: string;
  #timer: NodeJS.Timeout | undefined;
  #waiting: (() => CachedModels | undefined) | undefined;

  constructor(project: Project) {
    this.#project = project;
    this.#file = join(project.root, '.fastpy', 'cache', 'models.json');
  }

  /** Undefined where nothing was kept that can be used. */
  read(): CachedModels | undefined {
    try {
      return readTextOf(this.#project, readFileSync(this.#file, 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Keeps what `content` gives by then, once nobody has called this for a while. */
  keep(content: () => CachedModels | undefined): void {
    this.#waiting = content;
    this.#timer ??= setTimeout(() => this.flush(), QUIET_MS).unref();
    this.#timer.refresh();
  }

  /** Writes what is still to be kept. */
  flush(): void {
    const content = existsSync(join(this.#project.root, '.fastpy')) ? this.#waiting?.() : undefined;
    this.#waiting = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (content !== undefined) this.#write(textOf(this.#project, content));
  }

  /** A folder that cannot be written, or a project without `.fastpy/`, has no cache; that is only slower. */
  #write(text: string): void {
    const folder = dirname(this.#file);
    try {
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
      // Two processes may write at once; what they make of it then is not what its hash says, and as good as nothing.
      writeFileSync(`${this.#file}.new`, text, { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      return;
    }
  }
}
