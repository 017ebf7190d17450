import { relative } from 'node:path';
import { pathMatcher } from '../../config/glob.ts';
import { expand, shownAs } from '../files/expand.ts';
import type { Input } from '../files/input.ts';
import { readStdin } from '../files/read-stdin.ts';
import { type Content, contentOf, type Reader, readDisk } from '../files/reader.ts';
import { type Change, changeOf, type State } from '../git/change.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { STDIN } from './judge-documents.ts';
import type { LintFlags } from './lint-flags.ts';
import type { Plan } from './plan.ts';

const commands = [
  'lint',
  'fix',
  'simulate',
  'prove',
  'serve',
  'scan',
  'doctor',
  'export',
  'explain',
  'rules',
  'completion',
  'version',
  'help',
];

/** What to read: one state of the inputs, or two of which the difference is asked. */
export async function statesOf(
  operands: readonly string[],
  flags: LintFlags,
  plan: Plan,
  configFolder: string,
  shell: Shell,
): Promise<{ readonly before: State | undefined; readonly after: State }> {
  const stdin = operands.includes('-') ? await stdinInput(flags.stdinFilename) : undefined;
  if (!stdin && flags.stdinFilename !== undefined)
    throw new UsageError('--stdin-filename: standard input is read where an input is -');
  const { cwd } = shell;
  const paths = operands.filter((operand) => operand !== '-');
  const { ignore = [] } = plan.settings;
  const isIgnored = pathMatcher(ignore);
  const isExcluded = (path: string): boolean => ignore.length > 0 && isIgnored(relative(configFolder, path));
  const { changed, staged, since } = flags;
  const isChange = changed === true || staged === true || since !== undefined;
  const expansion = expand(paths, { cwd, isExcluded, commands, mayBeEmpty: isChange });
  const read: Reader = (input) => (input.path === '' && stdin ? stdin.content : readDisk(input));
  if (isChange) {
    if (stdin) throw new UsageError('a change is told from files; standard input has no former state (--old FILE gives it one)');
    const around = { cwd, shownAs: (path: string) => shownAs(path, paths, cwd), read };
    const change = changeOf(expansion, { staged: staged === true, since }, around);
    for (const folder of change.submodules)
      shell.stderr.write(`${folder} is a submodule: what changed in it is not looked at; run poolproof there\n`);
    return statesOfChange(change);
  }
  const met = flags.hook ? expansion.inputs.map((input): Input => ({ ...input, isNamed: false })) : expansion.inputs;
  return { before: undefined, after: { ...expansion, inputs: [...(stdin ? [stdin.input] : []), ...met], read } };
}

/** Without a difference there is nothing to read twice. */
function statesOfChange({ before, after, isEmpty }: Change): { readonly before: State; readonly after: State } {
  const nothing = (state: State): State => ({ ...state, inputs: [] });
  return isEmpty ? { before: nothing(before), after: nothing(after) } : { before, after };
}

async function stdinInput(name: string | undefined): Promise<{ readonly input: Input; readonly content: Content }> {
  const file = name ?? STDIN;
  const bytes = await readStdin();
  if (bytes.length === 0) throw new UsageError('standard input is empty: there is nothing to judge');
  return { input: { path: '', file, isNamed: true }, content: contentOf(file, bytes) };
}
