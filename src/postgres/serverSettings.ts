// Nothing in a shadow has to survive a crash of the machine, so nothing waits for the disk. With more buffers, or more of the log kept,
// nothing was measured to be faster. The locks are many, since one transaction may drop every table of a project.
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: '5432',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '16MB',
  shared_buffers: '16MB',
  max_connections: '40',
  max_locks_per_transaction: '512',
  max_logical_replication_workers: '0',
  autovacuum: 'off',
  jit: 'off',
};
/** Three processes fewer: 18 reads ahead with workers, which small data has no use for. */
export const withoutReaders = (major: number): Readonly<Record<string, string>> => (major >= 18 ? { io_method: 'sync' } : {});

/** How a shadow of this major runs. */
export const shadowSettings = (major: number): Readonly<Record<string, string>> => ({ ...SETTINGS, ...withoutReaders(major) });
