/** One command as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly says: string;
  readonly flags: readonly FlagWords[];
  /** What may follow it; undefined means files. */
  readonly operands: readonly string[] | undefined;
}

export interface FlagWords {
  /** With its dashes. */
  readonly name: string;
  readonly says: string;
  readonly takesValue: boolean;
  /** The values that it takes, where the list is closed. */
  readonly values: readonly string[];
}

/** A completion script of each shell: static text, so that a keystroke does not start a program. */
export const completions: Readonly<Record<'bash' | 'zsh' | 'fish', (commands: readonly CommandWords[]) => string>> = {
  bash,
  zsh,
  fish,
};

function bash(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ name, flags, operands }) => {
    const values = flags
      .filter((flag) => flag.values.length > 0)
      .map((flag) => `        ${flag.name}) COMPREPLY=($(compgen -W '${flag.values.join(' ')}' -- "$current")); return ;;\n`);
    const files = flags.filter((flag) => flag.takesValue && flag.values.length === 0).map((flag) => flag.name);
    const open = files.length > 0 ? `        ${files.join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;\n` : '';
    const rest = operands
      ? `COMPREPLY=($(compgen -W '${operands.join(' ')}' -- "$current"))`
      : 'COMPREPLY=($(compgen -f -- "$current"))';
    return `    ${name})
      case "$previous" in
${values.join('')}${open}        *) ;;
      esac
      if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '${flags.map((flag) => flag.name).join(' ')}' -- "$current"))
      else ${rest}; fi ;;
`;
  });
  return `# bash completion for poolproof
_poolproof() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=lint
  case "\${COMP_WORDS[1]}" in ${commands.map(({ name }) => name).join('|')}) command=\${COMP_WORDS[1]} ;; esac
  if [[ $COMP_CWORD -eq 1 && $current != -* ]]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$current") $(compgen -f -- "$current"))
    return
  fi
  case "$command" in
${cases.join('')}  esac
}
complete -o filenames -F _poolproof poolproof
`;
}

function zsh(commands: readonly CommandWords[]): string {
  const quoted = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, '\\$&');
  const cases = commands.map(({ name, flags, operands }) => {
    const specs = flags.map(({ name: flag, says, takesValue, values }) => {
      const value = values.length > 0 ? `:value:(${values.join(' ')})` : takesValue ? ':value:_files' : '';
      return `        '*${flag}[${quoted(says)}]${value}' \\\n`;
    });
    const rest = operands ? `'*:operand:(${operands.join(' ')})'` : "'*:input:_files'";
    return `    ${name})\n      _arguments \\\n${specs.join('')}        ${rest} ;;\n`;
  });
  return `#compdef poolproof
_poolproof() {
  local -a commands=(
${commands.map(({ name, says }) => `    '${name}:${quoted(says)}'\n`).join('')}  )
  local command=lint
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    _files
    return
  fi
  case $words[2] in
    ${commands.map(({ name }) => name).join('|')}) command=$words[2]; shift words; (( CURRENT-- )) ;;
  esac
  case $command in
${cases.join('')}  esac
}
if [ "$funcstack[1]" = _poolproof ]; then _poolproof "$@"; else compdef _poolproof poolproof; fi
`;
}

function fish(commands: readonly CommandWords[]): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, says, flags, operands }) => [
    `complete -c poolproof -n __fish_use_subcommand -a ${name} -d ${quoted(says)}`,
    ...flags.map((flag) => {
      const values = flag.values.length > 0 ? ` -x -a ${quoted(flag.values.join(' '))}` : flag.takesValue ? ' -r' : '';
      return `complete -c poolproof -n '__fish_seen_subcommand_from ${name}' -l ${flag.name.slice(2)}${values} -d ${quoted(flag.says)}`;
    }),
    ...(operands ? [`complete -c poolproof -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(operands.join(' '))}`] : []),
  ]);
  return `# fish completion for poolproof\n${lines.join('\n')}\n`;
}
