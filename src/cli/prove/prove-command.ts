import { type ProofReport, placesIn } from '../../report/proof-report.ts';
import { ownPods } from '../../report/proof-words.ts';
import type { Fixable } from '../fix/fix-rounds.ts';
import type { State } from '../git/change.ts';
import { awsFactsFor } from '../lint/aws-facts-for.ts';
import { openCatalog } from '../lint/catalog-for.ts';
import { refuseContradictions } from '../lint/contradictions.ts';
import { progress } from '../lint/progress.ts';
import { statesOf } from '../lint/state-of.ts';
import type { ExitCode, Shell } from '../shell.ts';
import { featureGatesSaid } from '../simulate/feature-gates.ts';
import { UsageError } from '../usage-error.ts';
import { fixOffers } from './fix-offers.ts';
import { onlyPool } from './only-pool.ts';
import { printProof, proofOutputs } from './proof-outputs.ts';
import type { ProveFlags } from './prove-flags.ts';
import { provePlan } from './prove-plan.ts';
import { type ProveRun, type Proving, proveRun } from './prove-run.ts';

/** `poolproof prove`: what is unknown is no failure unless that is asked for. */
export async function proveCommand(operands: readonly string[], flags: ProveFlags, shell: Shell): Promise<ExitCode> {
  if (operands.length === 0 && shell.stdinIsTerminal) throw new UsageError('prove needs files, folders, or - for standard input');
  const outputs = proofOutputs(flags.format);
  const inputs = operands.length > 0 ? operands : ['-'];
  refuseContradictions(flags, inputs);
  if (flags.fix && flags.pool !== undefined) throw new UsageError('--pool and --fix: a fix is proved for all pools together');
  const { nodeOverlay } = featureGatesSaid(flags.featureGates);
  const planned = await provePlan(flags, shell);
  const { plan, settings, folder, isOurs } = planned;
  const { after } = await statesOf(inputs, flags, plan, folder, shell);
  const state: State = { ...after, inputs: after.inputs.filter(({ file }) => isOurs(file)) };
  const bar = progress(shell, (done) => `asked ${done} questions`);
  const proving: Proving = {
    ...planned,
    catalog: await openCatalog(settings),
    awsFacts: awsFactsFor(settings),
    nodeOverlay,
    scale: flags.scale,
    expired: timer(flags.maxSeconds, bar.show),
  };
  const found = await proveRun(state, proving);
  const run = flags.fix ? await fixed(found, flags, proving, shell) : found;
  bar.clear();
  const report = flags.pool === undefined ? run.report : { ...run.report, proof: onlyPool(run.report.proof, flags.pool) };
  // The diff of a dry run has standard output for itself.
  const printed = flags.dryRun ? outputs.filter(({ file }) => file !== undefined) : outputs;
  await printProof(report, printed, flags.html, shell);
  return ended(run, report, flags, shell);
}

/** Asked between questions: when the time is up, and how far the work is. */
function timer(seconds: number | undefined, show: (done: number, of: number) => void): () => boolean {
  const end = seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + seconds * 1000;
  let asked = 0;
  return () => {
    show(++asked, asked);
    return performance.now() >= end;
  };
}

async function fixed(found: ProveRun, flags: ProveFlags, proving: Proving, shell: Shell): Promise<ProveRun> {
  const { fixRounds } = await import('../fix/fix-rounds.ts');
  const { allowedBy, applyFixes } = await import('../fix/apply-fixes.ts');
  const result = await fixRounds(found, fixable, allowedBy(flags), (state) => proveRun(state, proving));
  const helps = refuted(result.run.report) < refuted(found.report);
  applyFixes(helps ? result : { texts: new Map(), count: 0 }, { isDryRun: flags.dryRun === true, noun: 'conflict' }, shell);
  return helps ? result.run : found;
}

function fixable({ state, documents, report }: ProveRun): Fixable {
  return { state, documents, offers: fixOffers(report.proof, placesIn(report.documents)) };
}

function refuted({ proof }: ProofReport): number {
  return [...proof.pools, ...ownPods(proof)].filter(({ verdict }) => verdict === 'refuted').length;
}

/** A run that owes a verdict on something is never a pass, and says on what. */
function ended({ owed }: ProveRun, report: ProofReport, { strictUnknown }: ProveFlags, { stderr }: Shell): ExitCode {
  if (owed.length > 0) {
    stderr.write(`poolproof: could not be asked about: ${owed.join(', ')}\n`);
    return 2;
  }
  const { pools, unasked } = report.proof;
  const isOpen = unasked.length > 0 || [...pools, ...ownPods(report.proof)].some(({ verdict }) => verdict === 'unknown');
  return refuted(report) > 0 || (strictUnknown && isOpen) ? 1 : 0;
}
