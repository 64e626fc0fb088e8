import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which fastpyd this process runs. */
export interface Identity {
  readonly packageVersion: string;
  /** The package's folder, symbolic links resolved. */
  readonly packagePath: string;
}

let known: Identity | undefined;

/** The version and folder of the package that this code belongs to; the same from source and from `dist/`. */
export function identity(): Identity {
  known ??= findPackage(import.meta.dirname);
  return known;
}

function findPackage(from: string): Identity {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const version = versionIn(folder);
    if (version !== undefined) return { packageVersion: version, packagePath: realpathSync(folder) };
  }
  throw new Error(`no package.json of fastpyd above ${from}`);
}

function versionIn(folder: string): string | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
    return manifest.name === 'fastpyd' ? manifest.version : undefined;
  } catch {
    return undefined;
  }
}
