import { fail } from '../../src/errors.ts';
import { globalOptions } from '../arguments.ts';
import type { Command } from '../command.ts';

type Words = readonly (readonly [command: string, options: readonly string[]])[];

const shells: Readonly<Record<string, (words: Words) => string>> = { bash, zsh, fish };

/** `fastpy completions`: a script by which the shell completes commands and options. */
export const completions: Command = {
  name: 'completions',
  summary: 'Print a completion script for your shell',
  positionals: 'bash|zsh|fish',
  arity: { least: 1, most: 1 },
  examples: [
    ['source <(fastpy completions bash)', 'in ~/.bashrc'],
    ['fastpy completions fish > ~/.config/fish/completions/fastpy.fish', 'once'],
  ],
  check({ positionals: [shell = ''] }) {
    if (!Object.hasOwn(shells, shell))
      throw fail('USAGE', { problem: `there are completions for ${Object.keys(shells).join(', ')}, not for ${shell}` });
  },
  async run({ positionals: [shell = ''], output }) {
    const script = shells[shell]?.(await allWords()) ?? '';
    output.value({ shell, script }, script);
    return 0;
  },
};

async function allWords(): Promise<Words> {
  const { commandNames, loadCommand } = await import('./index.ts');
  return Promise.all(
    commandNames.map(async (name) => {
      const options = { ...(await loadCommand(name))?.options, ...globalOptions };
      return [name, Object.keys(options).map((option) => `--${option}`)] as const;
    }),
  );
}

// The colon is a word break for bash's readline, so the words are completed with what stands before the colon taken off.
function bash(words: Words): string {
  const cases = words.map(([name, options]) => `      ${name}) words='${options.join(' ')}' ;;`).join('\n');
  return `_fastpy() {
  local line="\${COMP_LINE:0:COMP_POINT}" words='${words.map(([name]) => name).join(' ')}' current
  current="\${line##* }"
  local -a typed=($line)
  if [[ "$line" == *' '*' '* ]]; then
    case "\${typed[1]}" in
${cases}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ "$current" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
    local prefix="\${current%"\${current##*:}"}" index
    for index in "\${!COMPREPLY[@]}"; do COMPREPLY[index]="\${COMPREPLY[index]#"$prefix"}"; done
  fi
}
complete -F _fastpy fastpy`;
}

function zsh(words: Words): string {
  const cases = words.map(([name, options]) => `    ${name}) compadd -- ${options.join(' ')} ;;`).join('\n');
  return `#compdef fastpy
_fastpy() {
  if (( CURRENT == 2 )); then
    compadd -- ${words.map(([name]) => name).join(' ')}
    return
  fi
  case "$words[2]" in
${cases}
  esac
}
compdef _fastpy fastpy`;
}

function fish(words: Words): string {
  const commands = words.map(([name]) => `complete -c fastpy -n __fish_use_subcommand -f -a '${name}'`);
  const options = words.flatMap(([name, list]) =>
    list.map((option) => `complete -c fastpy -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`),
  );
  return [...commands, ...options].join('\n');
}
