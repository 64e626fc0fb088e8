import { posix } from 'node:path';
import { stringLiteral } from '../../seed/code.ts';
import { sqlTemplate } from './code.ts';

/** Something that a model file exports. */
export interface ExportedModel {
  readonly name: string;
  /** In the folder of the models, without its ending. */
  readonly path: string;
}

/** A TypeScript model being written: its declarations, and what they import. */
export class ModelFile {
  readonly #path: string;
  readonly #builders = new Set<string>();
  readonly #imports = new Map<string, Set<string>>();
  readonly #declarations: string[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /** A builder of `fastpyd/model`, by its name. */
  use(builder: string): string {
    this.#builders.add(builder);
    return builder;
  }

  /** A model of this file or of another, by its name. */
  refer({ name, path }: ExportedModel): string {
    if (path === this.#path) return name;
    const names = this.#imports.get(path) ?? new Set();
    this.#imports.set(path, names.add(name));
    return name;
  }

  /** SQL text. */
  sql(text: string): string {
    this.use('sql');
    return sqlTemplate(text);
  }

  declare(name: string, text: string): void {
    this.#declarations.push(`export const ${name} = ${text};`);
  }

  get text(): string {
    const own = `import { ${[...this.#builders].sort(compareNames).join(', ')} } from 'fastpyd/model';`;
    const imports = [...this.#imports].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const others = imports.map(([path, names]) => `import { ${[...names].sort().join(', ')} } from ${this.#specifier(path)};`);
    return `${[[own, ...others].join('\n'), ...this.#declarations].join('\n\n')}\n`;
  }

  #specifier(path: string): string {
    const way = posix.relative(posix.dirname(this.#path), path);
    return stringLiteral(`${way.startsWith('.') ? '' : './'}${way}.ts`);
  }
}

const compareNames = (one: string, other: string): number => (one.toLowerCase() < other.toLowerCase() ? -1 : 1);
