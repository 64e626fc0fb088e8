// Required before a program: when that ends, the files and the parts of Node that it loaded are written into the file named by RECORD_LOADS.
const { writeFileSync } = require('node:fs');
const { registerHooks } = require('node:module');

/** @type {string[]} */
const files = [];
registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith('file:')) files.push(url);
    return nextLoad(url, context);
  },
});
process.on('exit', () => {
  const { moduleLoadList } = /** @type {{ moduleLoadList: string[] }} */ (/** @type {unknown} */ (process));
  writeFileSync(process.env.RECORD_LOADS ?? '', JSON.stringify({ files, builtins: moduleLoadList }));
});
