import type { Conflict, PodProof, PoolProof } from '../prover/proof.ts';
import { conflictTitle, tellingConflicts } from './conflict-words.ts';
import { fixDiff } from './fix-diff.ts';
import { code, fenced, literal } from './markdown-text.ts';
import { type Places, type ProofReport, placesIn } from './proof-report.ts';
import { humanAmount, money } from './proof-units.ts';
import { byVerdict, diversityText, limitsText, ownPods, proofSummary } from './proof-words.ts';
import { count, notCheckedSentence } from './summary.ts';
import { where } from './where.ts';
import { shownArithmetic, sums } from './witness-sums.ts';

/** A comment for a pull request: verdicts as tables, what stands behind them folded away beneath. */
export function proofMarkdown(report: ProofReport): string {
  const { proof, documents, notRead, target } = report;
  const places = placesIn(documents);
  const pods = ownPods(proof).toSorted(byVerdict);
  const pools = proof.pools.toSorted(byVerdict);
  const blocks = [
    [`### poolproof: ${literal(proofSummary(proof))}`],
    table(['verdict', 'pool', 'types', 'cheapest', 'spot', 'limits'], pools.map(poolRow)),
    table(['verdict', 'workload', 'runs on', 'why'], pods.map(podRow)),
    folded('what stands in the way', blocked(report, places)),
    folded('the arithmetic', pods.flatMap(arithmetic).slice(0, LINES)),
    folded(
      `${count(proof.unknowns.length, 'fact')} not known`,
      proof.unknowns.map(({ says, supply }) => `- ${literal(says)}: ${literal(supply)}`),
    ),
    folded(
      `${count(notRead.length, 'input')} not read`,
      notRead.map((input) => `- ${literal(notCheckedSentence(input))}`),
    ),
    folded(
      'what could not be read',
      proof.problems.map((problem) => `- ${literal(problem)}`),
    ),
    folded(
      'what was taken for granted',
      proof.assumptions.map((one) => `- ${literal(one)}`),
    ),
    [
      `Karpenter ${literal(target.karpenterVersion)}, replicas: ${report.scale}, instance types of ${literal(report.catalogAsOf)}`,
    ],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');
}

/** GitHub refuses a comment of more than 65,536 characters. */
const ROWS = 50;
const LINES = 200;

const marks = { refuted: '❌ refuted', unknown: '❔ unknown', proved: '✅ proved' } as const;

function poolRow({ verdict, name, instanceTypes, cheapest, spotDiversity, limits }: PoolProof): readonly string[] {
  const price = cheapest ? `${cheapest.type}, ${money(cheapest.pricePerHour)}` : '';
  return [
    marks[verdict],
    code(name),
    String(instanceTypes.count),
    literal(price),
    literal(diversityText(spotDiversity)),
    literal(limitsText(limits)),
  ];
}

function podRow({ verdict, pod, replicas, witness, conflicts, missing }: PodProof): readonly string[] {
  const shape = witness ? `${witness.pool}: ${witness.instanceType}, ${witness.zone}, ${witness.capacityType}` : '';
  const why = verdict === 'refuted' ? refusals(conflicts) : missing.map(({ says }) => says).join('; ');
  return [
    marks[verdict],
    code(replicas === 1 ? pod : `${pod} ×${replicas}`),
    literal(shape),
    literal(verdict === 'proved' ? '' : why),
  ];
}

function refusals(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (!first) return '';
  const more = conflicts.length > 1 ? ` (and ${conflicts.length - 1} more)` : '';
  return `${first.pool}: ${first.constraints.map(({ says }) => says).join('; ')}${more}`;
}

function blocked({ proof }: ProofReport, places: Places): readonly string[] {
  const titled = [
    ...proof.pools.map(({ name, conflicts }) => ({ title: `pool ${name}`, conflicts })),
    ...ownPods(proof).map((pod) => ({ title: pod.pod, conflicts: tellingConflicts(pod, proof).own })),
  ].filter(({ conflicts }) => conflicts.length > 0);
  const lines = titled.flatMap(({ title, conflicts }) => [
    `**${literal(title)}**`,
    '',
    ...conflicts.slice(0, 3).flatMap((each) => conflict(each, places)),
  ]);
  return lines.length <= LINES ? lines : [...lines.slice(0, LINES), '', '…'];
}

function conflict(of: Conflict, places: Places): readonly string[] {
  return [
    literal(conflictTitle(of)),
    '',
    ...of.constraints.map(({ at, says }) => `- ${code(where(places.location(at)))}: ${literal(says)}`),
    '',
    ...of.fixes.flatMap((fix) => {
      const rendered = places.edits(fix);
      const hunks = rendered ? fixDiff(rendered.edits, places.linesOf) : [];
      const lines = hunks.flatMap(({ removed, added }) => [
        ...removed.map((line) => `-${line}`),
        ...added.map((line) => `+${line}`),
      ]);
      return [`${literal(fix.title)} (${fix.safety})`, '', ...(lines.length > 0 ? [...fenced('diff', lines), ''] : [])];
    }),
  ];
}

function arithmetic({ pod, witness }: PodProof): readonly string[] {
  if (!witness) return [];
  const lines = shownArithmetic(witness).map(([resource, of]) => {
    const sum = sums(of).map(({ sign, amount, of: what }) => `${sign} ${amount}${inWords(resource, amount)} ${what}`.trim());
    return `- ${code(resource)}: ${literal(sum.join(' '))}`;
  });
  return [`**${literal(pod)}** on ${code(witness.instanceType)}`, '', ...lines, ''];
}

function inWords(resource: string, amount: string): string {
  const said = humanAmount(resource, amount);
  return said === undefined ? '' : ` (${said})`;
}

function folded(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`<details><summary>${title}</summary>`, '', ...lines, '', '</details>'];
}

/** Cells are Markdown already. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const rest = rows.length > ROWS ? ['', `and ${rows.length - ROWS} more`] : [];
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.slice(0, ROWS).map(line), ...rest];
}
