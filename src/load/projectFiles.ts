import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { FileStates } from './fileStates.ts';
import { findModelFiles, mayBeModel } from './modelFiles.ts';

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((file, index) => file === other[index]);

/** The files that a project's models are made of: those that the patterns find, and the modules that these import. */
export class ProjectFiles {
  readonly #project: Project;
  readonly #states = new FileStates();
  #models: readonly string[] = [];
  #modelPaths: ReadonlySet<string> = new Set();
  #imported: ReadonlySet<string> = new Set();
  #hasLooked = false;

  constructor(project: Project) {
    this.#project = project;
  }

  /** Model files relative to the project's root, sorted; the same array for as long as the list is the same. */
  get models(): readonly string[] {
    return this.#models;
  }

  /** The modules beside the models, absolute. */
  get imported(): ReadonlySet<string> {
    return this.#imported;
  }

  /** What a file held at the last look. */
  hashOf(path: string): string | undefined {
    return this.#states.hashOf(path);
  }

  /** Reads a file anew. */
  read(path: string): Buffer {
    return this.#states.read(path);
  }

  /**
   * Finds what came, went or changed since the last look, by content.
   * @param changed  absolute paths, without which everything is looked at
   */
  look(changed?: readonly string[] | undefined): ReadonlySet<string> {
    if (changed === undefined || !this.#hasLooked) return this.#lookAtAll();
    const moved = this.#movedOf(
      changed.map((path) => (this.#states.has(path) ? path : realPathOf(path))).filter((path) => this.#states.has(path)),
    );
    if (!changed.some((path) => this.#hasCome(path) || this.#hasGone(path))) return moved;
    const before = this.#modelPaths;
    this.#list();
    return new Set([...moved, ...this.#movedOf([...this.#modelPaths].filter((path) => !before.has(path)))]);
  }

  /** Takes over what modules held when they were imported. */
  note(modules: Iterable<readonly [path: string, hash: string]>, { isComplete }: { readonly isComplete: boolean }): void {
    const imported = new Set(isComplete ? [] : this.#imported);
    for (const [path, hash] of modules) {
      this.#states.note(path, hash);
      if (!this.#modelPaths.has(path)) imported.add(path);
    }
    this.#imported = imported;
    if (isComplete) this.#states.keepOnly(new Set([...this.#modelPaths, ...imported]));
  }

  /** Every file that takes part, with what it held at the last look. */
  hashes(): ReadonlyMap<string, string> {
    const paths = [...this.#modelPaths, ...this.#imported];
    return new Map(paths.flatMap((path) => [[path, this.#states.hashOf(path)] as const]).filter(hasHash));
  }

  /** Looks at everything, and says whether it is what an earlier process has seen; then its imports are taken over. */
  adopt(models: readonly string[], hashes: ReadonlyMap<string, string>): boolean {
    this.#lookAtAll();
    const imported = new Set([...hashes.keys()].filter((path) => !this.#modelPaths.has(path)));
    this.#movedOf(imported);
    if (!isSameList(models, this.#models)) return false;
    if (![...hashes].every(([path, hash]) => this.#states.hashOf(path) === hash)) return false;
    this.#imported = imported;
    return true;
  }

  #lookAtAll(): ReadonlySet<string> {
    this.#hasLooked = true;
    this.#list();
    return this.#movedOf(new Set([...this.#states.paths(), ...this.#modelPaths]));
  }

  #movedOf(paths: Iterable<string>): ReadonlySet<string> {
    return new Set([...paths].filter((path) => this.#states.look(path)));
  }

  #list(): void {
    const models = findModelFiles(this.#project);
    if (isSameList(models, this.#models)) return;
    this.#models = models;
    this.#modelPaths = new Set(models.map((file) => join(this.#project.root, file)));
  }

  #hasCome(path: string): boolean {
    return !this.#modelPaths.has(path) && mayBeModel(this.#project, path) && existsSync(path);
  }

  #hasGone(path: string): boolean {
    return this.#modelPaths.has(path) && this.#states.hashOf(path) === undefined;
  }
}

const hasHash = (entry: readonly [string, string | undefined]): entry is readonly [string, string] => entry[1] !== undefined;
