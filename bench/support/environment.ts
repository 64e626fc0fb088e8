const FOREIGN = /^PG[A-Z]|DATABASE|^FASTPYD_|^NODE_OPTIONS$|^NODE_COMPILE_CACHE$|^NODE_V8_COVERAGE$/i;

/** This process's environment without what would choose another database or change how Node runs. */
export const environment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  NO_COLOR: '1',
};
