/** Parameters of the `make.*` requests. */
import type { ScaffoldParams } from '../methods.ts';
import { database, object, text } from './params.ts';

export const scaffoldParams = object<ScaffoldParams>({ ...database, name: text });
