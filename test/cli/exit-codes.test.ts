import { describe, expect, test } from 'vitest';
import { badPool, pool, poolproof, workspace } from './support/command.ts';

const template = 'apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata:\n  name: {{ .Values.name }}\nspec: {}\n';

describe('exit codes', () => {
  test('0 where nothing is found, 1 where something is, 2 where the job could not be done', async () => {
    const cwd = workspace({ 'good.yaml': pool(), 'bad.yaml': badPool() });
    expect((await poolproof(['lint', 'good.yaml'], { cwd })).code).toBe(0);
    expect((await poolproof(['lint', 'bad.yaml'], { cwd })).code).toBe(1);
    expect((await poolproof(['lint', 'absent.yaml'], { cwd })).code).toBe(2);
  });

  test('--fail-on moves the bar', async () => {
    const cwd = workspace({ 'a.yaml': pool().replace('5m', '15s'), 'bad.yaml': badPool() });
    expect((await poolproof(['lint', 'a.yaml'], { cwd })).code).toBe(0);
    expect((await poolproof(['lint', 'a.yaml', '--fail-on', 'warning'], { cwd })).code).toBe(1);
    expect((await poolproof(['lint', 'bad.yaml', '--fail-on', 'never'], { cwd })).code).toBe(0);
  });

  test('a template is a failure if asked for by name, and only listed if met on the way', async () => {
    const cwd = workspace({ 'chart/pool.yaml': template, 'good.yaml': pool() });
    const named = await poolproof(['lint', 'chart/pool.yaml'], { cwd });
    expect(named.code).toBe(2);
    expect(named.err).toContain('could not be judged: chart/pool.yaml');
    const met = await poolproof(['lint', '.'], { cwd });
    expect(met.code).toBe(0);
    expect(met.out).toMatch(/chart\/pool\.yaml:4:9: not checked: .*\[template\]/);
  });

  test('files from a commit hook are met on the way although named', async () => {
    const cwd = workspace({ 'chart/pool.yaml': template, 'good.yaml': pool(), 'README.md': '# karpenter.sh: {{ a }}\n' });
    expect((await poolproof(['lint', '--hook', 'chart/pool.yaml', 'good.yaml', 'README.md'], { cwd })).code).toBe(0);
  });

  test('a broken document of ours is 2 wherever it is met; a broken stranger is listed', async () => {
    const ours = workspace({ 'a.yaml': 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: [1, 2\n', 'good.yaml': pool() });
    const ended = await poolproof(['lint', '.'], { cwd: ours });
    expect(ended.code).toBe(2);
    expect(ended.out).toMatch(/a\.yaml:\d+:\d+: error: .*\[input-syntax\]/);
    const stranger = workspace({ 'mkdocs.yml': 'site: karpenter docs\nnav: [a, b\n', 'good.yaml': pool() });
    expect(await poolproof(['lint', '.'], { cwd: stranger })).toMatchObject({ code: 0 });
    expect(await poolproof(['lint', 'mkdocs.yml'], { cwd: stranger })).toMatchObject({ code: 2 });
  });

  test('what the tool was told wrongly is said in one line, with what may have been meant', async () => {
    const cwd = workspace({ 'good.yaml': pool() });
    const wrong: readonly (readonly [string[], RegExp])[] = [
      [['lint', '--fial-on', 'error', '.'], /unknown option '--fial-on'\n\(Did you mean --fail-on\?\)/],
      [['lint', '--profile', 'recomended', '.'], /--profile.*recomended.*minimal, recommended/],
      [['lint', '--rule', 'limit-missing=off', '.'], /no rule "limit-missing"; did you mean "limits-missing"/],
      [['lint', '--rule', 'limits-missing=loud', '.'], /LEVEL one of off, info, warning, error/],
      [['lint', '--karpenter-version', '2.7', '.'], /Karpenter 2\.7 is not known/],
      [['lint', '--format', 'sarf', '.'], /"sarf" is not one of .*; did you mean "sarif"/],
      [['lint', '--format', 'json', '--format', 'sarif', '.'], /only one format can go to standard output/],
      [['lint', '--region', 'Narnia', '.'], /--region: "Narnia" is not a region/],
      [['lint', '--now', 'yesterday', '.'], /"yesterday" is not an instant/],
      [['lint', '--dry-run', '.'], /say how to --fix/],
      [['lint', '--cluster', 'prod', '.'], /no cluster "prod"/],
      [['lint', '--config', 'absent.yaml', '.'], /the configuration absent\.yaml does not exist/],
      [['lint', '--catalog', 'absent.json', '--closed-world', 'absent.yaml'], /absent\.yaml does not exist/],
      [['explian', 'limits-missing'], /explian does not exist; did you mean the command "explain"/],
      [['explain', 'limit-missing'], /no rule "limit-missing"; did you mean "limits-missing"/],
      [['completion', 'bish'], /did you mean "bash"/],
      [['explain'], /missing required argument 'rule'/],
    ];
    for (const [args, says] of wrong) {
      const { code, out, err } = await poolproof(args, { cwd });
      expect([args, code, out]).toEqual([args, 2, '']);
      expect(err).toMatch(says);
      expect(err).not.toContain('bug');
    }
  });

  test('what the environment says wrongly is named as such', async () => {
    const cwd = workspace({ 'good.yaml': pool() });
    const env = { POOLPROOF_FAIL_ON: 'sometimes' };
    expect(await poolproof(['lint', '.'], { cwd, env })).toMatchObject({
      code: 2,
      err: expect.stringContaining('POOLPROOF_FAIL_ON'),
    });
  });
});
