// What programs need to run at all; no database URL, no PG variables and no secrets.
const ALLOWED = [
  ...[
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'LANG',
    'LC_ALL',
    'LC_CTYPE',
    'TZ',
    'TMPDIR',
    'TMP',
    'TEMP',
    'NODE_ENV',
    'NODE_V8_COVERAGE',
  ],
  ...['SystemRoot', 'SYSTEMROOT', 'windir', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'],
];

/** The environment of a child that runs the project's own code. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const given = ALLOWED.filter((name) => process.env[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, process.env[name]]));
}
