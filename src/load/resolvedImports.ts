import type { ResolveFnOutput, ResolveHookContext } from 'node:module';

/**
 * Where relative imports led. A module that is imported anew resolves all of its imports again, and for one that gathers a thousand
 * others that is most of the work.
 */
export class ResolvedImports {
  readonly #known = new Map<string, ResolveFnOutput>();

  /** What is known, or what `resolve` finds. */
  get(specifier: string, { parentURL, importAttributes }: ResolveHookContext, resolve: () => ResolveFnOutput): ResolveFnOutput {
    const isRelative = /^\.\.?\//.test(specifier) && Object.keys(importAttributes).length === 0;
    if (!isRelative || parentURL === undefined) return resolve();
    const url = new URL(specifier, parentURL).href;
    const known = this.#known.get(url);
    if (known !== undefined) return known;
    const resolved = resolve();
    // What a link stands for may change without the module changing that it leads to.
    if (resolved.url === url) this.#known.set(url, { ...resolved, shortCircuit: true });
    return resolved;
  }

  /** To be called when a file is gone. */
  forget(): void {
    this.#known.clear();
  }
}
