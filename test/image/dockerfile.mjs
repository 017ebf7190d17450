// Makes what the Dockerfile makes, without a daemon: the same files are copied, by the instructions as they are written.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Builds every stage below `work`; gives the last one's folder and what it says of running it. */
export function assemble(root, work) {
  const stages = new Map();
  let stage;
  for (const { word, flags, rest } of instructions(readFileSync(join(root, 'Dockerfile'), 'utf8'))) {
    if (word === 'FROM') {
      const [, name = 'image'] = / AS (\S+)$/i.exec(rest) ?? [];
      stage = { root: join(work, name), workdir: '/', env: {} };
      stages.set(name, stage);
      mkdirSync(stage.root);
    } else if (word === 'WORKDIR') enter(stage, rest);
    else if (word === 'COPY')
      copy(flags.from === undefined ? { root: context(root, work) } : stages.get(flags.from), stage, rest);
    else if (word === 'RUN') runIn(stage, rest, root);
    else if (word === 'ENV') Object.assign(stage.env, Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split('='))));
    else if (word === 'ENTRYPOINT' || word === 'CMD') stage[word.toLowerCase()] = JSON.parse(rest);
    else if (word === 'USER') stage.user = rest;
    else if (!['ARG', 'LABEL', 'EXPOSE'].includes(word))
      throw new Error(`the Dockerfile has ${word}, which this test cannot follow`);
  }
  return stage;
}

function instructions(text) {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [word, ...words] = line.split(/\s+/);
    const count = words.findIndex((each) => !each.startsWith('--'));
    const flags = Object.fromEntries(words.slice(0, count).map((flag) => flag.slice(2).split('=')));
    return { word, flags, rest: words.slice(count).join(' ') };
  });
}

/** What .dockerignore lets in: everything is left out, and then some is named. */
function context(root, work) {
  const folder = join(work, 'context');
  if (existsSync(folder)) return folder;
  const [all, ...named] = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => /^[^#\s]/.test(line));
  if (all !== '*' || !named.every((line) => /^![\w./-]+$/.test(line)))
    throw new Error('.dockerignore names more than what is let in');
  for (const line of named) cpSync(join(root, line.slice(1)), join(folder, line.slice(1)), { recursive: true });
  return folder;
}

function enter(stage, folder) {
  stage.workdir = folder;
  mkdirSync(join(stage.root, folder), { recursive: true });
}

function copy(from, to, rest) {
  const paths = rest.split(' ');
  const target = join(to.root, to.workdir, paths.pop());
  for (const path of paths) {
    const source = join(from.root, path);
    // Of a folder the content is copied, a file under its own name, as docker does.
    cpSync(source, statSync(source).isDirectory() ? target : join(target, basename(path)), { recursive: true });
  }
}

/** npm would only install again what this repository has installed from the same lock file. */
function runIn(stage, command, root) {
  const cwd = join(stage.root, stage.workdir);
  if (command.startsWith('npm ci ')) {
    const same = ['package.json', 'package-lock.json'].every((name) =>
      readFileSync(join(cwd, name)).equals(readFileSync(join(root, name))),
    );
    if (!same) throw new Error('npm ci would not find the lock file of this repository');
    symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
  } else execFileSync('sh', ['-c', command], { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
}
