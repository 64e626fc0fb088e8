import { registerHooks } from 'node:module';

// A project without node_modules works too, and an installed fastpyd of another version is never mixed in.
const OWN_MODULES: Readonly<Record<string, string>> = {
  'fastpyd/model': '../model/index',
  'fastpyd/migration': '../migration/index',
  'fastpyd/seeder': '../seed/index',
  'fastpyd/client': '../../client/index',
};

/** `.ts` when this runs from source, `.js` when it was built. */
export const OWN_ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

const isProjectTypeScript = (url: string): boolean => /^file:[^?#]*\.m?ts(?:[?#]|$)/.test(url) && !url.includes('/node_modules/');

let isRegistered = false;

/**
 * Lets the files of a project be imported in this process: `fastpyd/model` and its siblings are the modules of this very
 * package, and a `.ts` file is a module whatever the project's package.json says.
 */
export function registerFastpydHooks(): void {
  if (isRegistered) return;
  isRegistered = true;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const own = OWN_MODULES[specifier];
      if (own !== undefined) return { url: new URL(own + OWN_ENDING, import.meta.url).href, shortCircuit: true };
      const resolved = nextResolve(specifier, context);
      return isProjectTypeScript(resolved.url) ? { ...resolved, format: 'module-typescript' } : resolved;
    },
  });
}
