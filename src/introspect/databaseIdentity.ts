import type { Session } from '../database/session.ts';
import { PROBE } from './fingerprintQuery.ts';

/** Which database a session is on, and what it was like when it was asked; see `readProbe`. */
export interface Identified {
  /** The same text for the same database of the same server, seen by the same role. */
  readonly identity: string;
  readonly probe: string;
}

// A server that was restored to an earlier moment goes on in another timeline. Default privileges and user mappings look different to different roles.
const WHO = `(select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()), pg_catalog.current_database(), current_user, pg_catalog.current_setting('server_version')`;
const SERVER = `(select system_identifier::text from pg_catalog.pg_control_system()), (select timeline_id from pg_catalog.pg_control_checkpoint())`;
// Without leave to ask who it is, a server is known for as long as it runs.
const RUN = `extract(epoch from pg_catalog.pg_postmaster_start_time()), pg_catalog.inet_server_addr(), pg_catalog.inet_server_port()`;

const ask = (parts: string): string => `select pg_catalog.json_build_array(${WHO}, ${parts})::text as identity, ${PROBE} as probe`;

const MAY_ASK = `select pg_catalog.bool_and(pg_catalog.has_function_privilege(f, 'execute')) as allowed from unnest(array['pg_catalog.pg_control_system()', 'pg_catalog.pg_control_checkpoint()']) f`;

/** Makes the question that a role of this server may ask, for `identify`. */
export async function identityQuery(session: Session): Promise<string> {
  const [row] = await session.query<{ allowed: boolean }>(MAY_ASK);
  return ask(row?.allowed === true ? SERVER : RUN);
}

/** Asks which database this is. @param query  from `identityQuery` */
export async function identify(session: Session, query: string): Promise<Identified> {
  const [row] = await session.query<Identified>(query);
  return row ?? { identity: '', probe: '' };
}
