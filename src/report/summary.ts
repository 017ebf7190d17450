import type { Skipped } from '../lint/triage.ts';
import type { NotCheckedInput, Report } from './report.ts';
import { visible } from './visible.ts';
import { where } from './where.ts';

/** One line that says what was judged and what came of it; it never calls clean what was not looked at. */
export function summarySentence(report: Report): string {
  const { summary, target } = report;
  const basis = `(Karpenter ${visible(target.karpenterVersion)}, profile ${target.profile})`;
  const inFiles = summary.files === 0 ? '' : ` in ${count(summary.files, 'file')}`;
  const found = tally(report);
  if (summary.objects === 0 && found === '') return `checked nothing: no object to judge${inFiles}`;
  return `checked ${count(summary.objects, 'object')}${inFiles}: ${found || 'no findings'}${suppressedPart(report)} ${basis}`;
}

/** `2 errors, 1 warning`, `no findings`, or that there was nothing to find anything in. */
export function headline(report: Report): string {
  return tally(report) || (report.summary.objects === 0 ? 'nothing checked' : 'no findings');
}

function tally({ summary }: Report): string {
  const parts: readonly (readonly [number, string])[] = [
    [summary.errors, 'error'],
    [summary.warnings, 'warning'],
    [summary.infos, 'info'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, noun]) => count(number, noun))
    .join(', ');
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Where an input stands that was read and not judged, and why it was not. */
export function notCheckedSentence(input: NotCheckedInput): string {
  return `${where(input)}: not checked: ${visible(input.detail)} [${input.reason}]`;
}

export function skippedSentence({ need, rules, supply }: Skipped): string {
  return `${withoutFact(rules.length, need, supply)}: ${rules.join(', ')}`;
}

/** The same for people, who look for what to supply and not for what each of forty rules is called: other formats name them all. */
export function skippedNotice({ need, rules, supply }: Skipped): string {
  const named =
    rules.length <= MOST_NAMED
      ? rules.join(', ')
      : `${rules.slice(0, MOST_NAMED - 1).join(', ')} and ${rules.length - MOST_NAMED + 1} more`;
  return `${withoutFact(rules.length, need, supply)}: ${named}`;
}

const MOST_NAMED = 3;

function withoutFact(rules: number, need: Skipped['need'], supply: string): string {
  return `${count(rules, 'rule')} did not run for want of ${wanted[need]} (${supply})`;
}

const wanted: Readonly<Record<Skipped['need'], string>> = {
  before: 'the former state of the objects',
  catalog: 'the instance-type catalog',
  closedWorld: 'the knowledge that everything of the cluster is in view',
  kubernetesVersion: 'the Kubernetes version',
  region: 'the region',
  workloads: 'workloads in view',
  chartValues: "the values of Karpenter's chart",
  fleet: 'live objects of the cluster',
  awsFacts: 'facts from the AWS account',
  proof: 'a proof',
};

function suppressedPart({ summary }: Report): string {
  return summary.suppressed > 0 ? `, ${summary.suppressed} suppressed` : '';
}
