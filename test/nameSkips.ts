/** Loaded before each test file: uvu counts what it skips, and this says which tests those were. */
import { test } from 'uvu';

const skip = test.skip;
test.skip = (name, handler) => {
  console.log(`SKIPPED ${name ?? 'a test without a name'}`);
  skip(name, handler);
};
