import type { Home } from './homes.ts';

/** Names that Windows keeps for devices, and the folder that no pattern looks into. */
const TAKEN = /^(?:con|prn|aux|nul|com\d|lpt\d|node_modules)$/i;

/** A name that every file system takes: letters, digits, `_` and `-`. */
export function fileStem(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_')
    .replace(/^-/, '_');
  return safe === '' || TAKEN.test(safe) ? `${safe}_` : safe;
}

/** Two names that some file systems take for one. */
const folded = (path: string): string => path.normalize('NFKC').toLowerCase().normalize('NFKC');

const keyOf = ({ schema, folder, stem, isOwn }: Home): string => JSON.stringify([schema, folder, stem, isOwn]);

/** Gives each home a path of its own, whatever the names hold; the same homes in the same order get the same paths. */
export class DistinctPaths {
  readonly #withSchemas: boolean;
  readonly #paths = new Map<string, string>();
  readonly #folders = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** @param withSchemas  whether each schema has a folder */
  constructor(withSchemas: boolean) {
    this.#withSchemas = withSchemas;
  }

  /** The path of a home, with `/` between its parts and without an ending. */
  of(home: Home): string {
    const key = keyOf(home);
    const path = this.#paths.get(key) ?? this.#free(`${this.#folderOf(home)}${fileStem(home.stem)}`);
    this.#paths.set(key, path);
    return path;
  }

  #folderOf({ schema, folder }: Home): string {
    const outer = this.#withSchemas && schema !== undefined ? `${this.#schemaFolder(schema)}/` : '';
    return folder === undefined ? outer : `${outer}${folder}/`;
  }

  #schemaFolder(schema: string): string {
    const folder = this.#folders.get(schema) ?? this.#free(fileStem(schema));
    this.#folders.set(schema, folder);
    return folder;
  }

  #free(wanted: string): string {
    let path = wanted;
    for (let count = 2; this.#taken.has(folded(path)); count++) path = `${wanted}_${count}`;
    this.#taken.add(folded(path));
    return path;
  }
}
