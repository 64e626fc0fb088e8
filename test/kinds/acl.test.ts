import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Acl, changeAcl, type Grant, USUAL } from '../../src/kinds/acl.ts';

const table = { prefix: '', on: 'TABLE public.posts', column: null };
const grant = (grantee: string, privilege: string, grantable = false): Grant => ({ grantee, privilege, grantable });
const acl = (granted: readonly Grant[], revoked: readonly Grant[] = []): Acl => ({ granted, revoked });

test('privileges of one role are granted by one statement', () => {
  const after = acl([grant('reader', 'SELECT'), grant('reader', 'INSERT'), grant('writer', 'UPDATE')]);
  assert.equal(changeAcl(USUAL, after, table), [
    'GRANT INSERT, SELECT ON TABLE public.posts TO reader',
    'GRANT UPDATE ON TABLE public.posts TO writer',
  ]);
});

test('only what differs is said', () => {
  const before = acl([grant('reader', 'SELECT'), grant('reader', 'INSERT')]);
  const after = acl([grant('reader', 'SELECT'), grant('reader', 'DELETE')]);
  assert.equal(changeAcl(before, after, table), [
    'REVOKE INSERT ON TABLE public.posts FROM reader',
    'GRANT DELETE ON TABLE public.posts TO reader',
  ]);
  assert.equal(changeAcl(after, after, table), []);
});

test('a grant option comes and goes without the privilege', () => {
  const plain = acl([grant('reader', 'SELECT')]);
  const grantable = acl([grant('reader', 'SELECT', true)]);
  assert.equal(changeAcl(plain, grantable, table), ['GRANT SELECT ON TABLE public.posts TO reader WITH GRANT OPTION']);
  assert.equal(changeAcl(grantable, plain, table), ['REVOKE GRANT OPTION FOR SELECT ON TABLE public.posts FROM reader']);
});

test('what an object starts with is taken away and given back', () => {
  const routine = { prefix: '', on: 'FUNCTION public.f()', column: null };
  const closed = acl([], [grant('PUBLIC', 'EXECUTE')]);
  assert.equal(changeAcl(USUAL, closed, routine), ['REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC']);
  assert.equal(changeAcl(closed, USUAL, routine), ['GRANT EXECUTE ON FUNCTION public.f() TO PUBLIC']);
});

test('the column stands behind each privilege', () => {
  const after = acl([grant('reader', 'SELECT'), grant('reader', 'UPDATE')]);
  assert.equal(changeAcl(USUAL, after, { ...table, column: 'title' }), [
    'GRANT SELECT (title), UPDATE (title) ON TABLE public.posts TO reader',
  ]);
});

test.run();
