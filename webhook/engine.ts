import { parseCron } from '../src/algebra/cron.ts';
import { kubeletExpression } from '../src/catalog/kubelet-expression.ts';
import { loadCatalog } from '../src/catalog/load.ts';
import { withCatalogFile } from '../src/catalog/with-catalog-file.ts';
import { policyOf } from '../src/config/policy-of.ts';
import type { Settings } from '../src/config/settings.ts';
import { sharedSettings, targetOf } from '../src/config/target-of.ts';
import { awsFacts } from '../src/context/aws-facts.ts';
import { instanceShelf } from '../src/context/instance-shelf.ts';
import { judgeWith } from '../src/context/judge.ts';
import { keep } from '../src/context/keep.ts';
import type { Judge } from '../src/context/link.ts';
import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { Document, KubernetesObject } from '../src/document/document.ts';
import { type Job, lint, type Observer } from '../src/lint/lint.ts';
import type { Rule } from '../src/lint/rule.ts';
import type { Facts } from '../src/lint/world.ts';
import { Reading } from '../src/model/cluster/read.ts';
import { loadSchemas } from '../src/model/schema/load.ts';
import type { Violation } from '../src/model/schema/violation.ts';
import type { DeclaredPod } from '../src/prover/declared-pods.ts';
import type { Basis } from './incremental/state.ts';

/** All that verdicts hang on beside the objects: plain data, so that a worker can be told the same. */
export interface EngineInput {
  readonly settings: Settings;
  /** The file of `catalog`, read, and its name for messages. */
  readonly catalogFile: { readonly name: string; readonly content: unknown } | undefined;
  /** What the files of `awsFacts` hold. */
  readonly awsAnswers: readonly unknown[];
  /** Fingerprints of accepted findings, with their reasons. */
  readonly accepted: readonly (readonly [fingerprint: string, reason: string])[];
  /** What `pods` of the configuration declares. */
  readonly declaredPods: readonly DeclaredPod[];
}

/** The linter under one configuration, with everything loaded. */
export interface Engine {
  readonly settings: Settings;
  /** Rules that need no proof, and those that do. */
  readonly quick: readonly Rule[];
  readonly proving: readonly Rule[];
  /** Day as of which the catalog was made, `2026-11-24`. */
  readonly catalogAsOf: string;
  /** Seconds spent in each rule so far, as far as some of the judgements tell. */
  readonly seconds: ReadonlyMap<string, number>;
  judge(question: Question): Judged;
  /** What judging a whole cluster by some of the rules hangs on. */
  basis(rules: readonly Rule[], isRehearsed?: boolean): Basis;
}

export interface Question {
  readonly rules: readonly Rule[];
  readonly documents: readonly Document[];
  /** The object before the change, if it is changed. */
  readonly before: Document | undefined;
  /** Whether the documents are all that the cluster has. */
  readonly isWhole: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Nobody asked: its time is not counted. */
  readonly isRehearsed?: boolean;
}

export interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  /** Rules that threw. */
  readonly crashes: readonly { readonly rule: string; readonly error: unknown }[];
}

/** Kinds that a snapshot may hold and of which the API server serves a schema. */
const kinds = ['NodePool', 'EC2NodeClass', 'NodeOverlay', 'NodeClaim', 'CapacityBuffer'];

/** The prover, where there is time for it. */
export type Proving = Pick<Facts, 'prove' | 'expired'>;

/** Throws what `withCatalogFile` and `awsFacts` would report as mistakes: whoever reads the files has looked at them before. */
export async function engineFrom(input: EngineInput, rules: readonly Rule[], proving: Proving = {}): Promise<Engine> {
  const { settings, catalogFile, awsAnswers, accepted, declaredPods } = input;
  const target = targetOf(settings);
  const { karpenterMinor: karpenter } = target;
  const builtIn = await loadCatalog();
  const catalog = catalogFile ? withCatalogFile(builtIn, catalogFile.content, catalogFile.name).catalog : builtIn;
  const judge = remembering(judgeWith(await loadSchemas(karpenter, kinds)));
  const policy = policyOf(settings, { pathOf: (file) => file, baseline: new Map(accepted) });
  const facts: Omit<Facts, 'now'> = {
    target,
    settings: sharedSettings(settings),
    ruleIds: new Set(rules.map(({ id }) => id)),
    catalog,
    awsFacts: awsAnswers.length > 0 ? awsFacts(awsAnswers, new Reading()) : undefined,
    kubeletExpression,
    declaredPods,
    ...proving,
    cron: rememberingCron(),
    shelf: instanceShelf(catalog, { karpenter }),
  };
  const open = { ...facts, target: { ...target, closedWorld: false } };
  const needsProof = ({ needs }: Rule): boolean => needs?.includes('proof') ?? false;
  const clock = new RuleClock();
  const crashes = new Crashes();
  return {
    settings,
    quick: rules.filter((rule) => !needsProof(rule)),
    proving: rules.filter(needsProof),
    catalogAsOf: catalog.asOf,
    seconds: clock.seconds,
    basis: (asked, isRehearsed) => ({
      rules: asked,
      policy,
      judge,
      facts: (now) => ({ ...facts, now }),
      observe: isRehearsed ? () => undefined : clock.observe,
    }),
    judge: ({ rules: asked, documents, before, isWhole, now, isRehearsed }) => {
      const job: Job = {
        documents,
        rules: asked,
        facts: { ...(isWhole ? facts : open), now },
        policy,
        judge,
        // It must not take the other rules' findings with it, nor let an object pass unseen: whoever asked says that not all was checked.
        onCrash: crashes.note,
        ...(before && { before: [before] }),
      };
      const { diagnostics } = lint(job, isRehearsed ? undefined : clock.observe);
      return { diagnostics, crashes: crashes.taken() };
    },
  };
}

/** What the API server holds against an object that is created hangs on nothing else: those of the snapshot are judged once. */
function remembering(judge: Judge): Judge {
  const known = new WeakMap<KubernetesObject, readonly Violation[]>();
  const remembered: Judge = (object, before) => {
    if (before) return judge(object, before);
    const violations = known.get(object) ?? judge(object, undefined);
    known.set(object, violations);
    return violations;
  };
  return Object.assign(remembered, judge);
}

/** Schedules are few, and the same ones come again with each pool and each sync. */
function rememberingCron(): typeof parseCron {
  const known = new Map<string, ReturnType<typeof parseCron>>();
  return (schedule) => {
    const read = known.get(schedule) ?? parseCron(schedule);
    keep(known, schedule, read);
    return read;
  };
}

/** To look at the clock before each rule costs as much as some rules do: one judgement in so many is timed, and counts for all. */
const TIMED = 16;

/** Adds up how long each rule takes. */
class RuleClock {
  readonly seconds = new Map<string, number>();
  #judgements = 0;
  #running: string | undefined;
  #since = 0;

  readonly observe: Observer = (part) => {
    if (this.#judgements % TIMED === 0) this.#note(part, performance.now());
    if (part === 'settle') this.#judgements++;
  };

  #note(part: Parameters<Observer>[0], now: number): void {
    const { seconds } = this;
    if (this.#running !== undefined)
      seconds.set(this.#running, (seconds.get(this.#running) ?? 0) + ((now - this.#since) / 1000) * TIMED);
    this.#running = typeof part === 'string' ? undefined : part.id;
    this.#since = now;
  }
}

/** What was thrown since somebody last looked. */
class Crashes {
  #noted = new Map<string, unknown>();

  readonly note = ({ id }: Rule, error: unknown): void => {
    this.#noted.set(id, error);
  };

  taken(): Judged['crashes'] {
    const noted = [...this.#noted].map(([rule, error]) => ({ rule, error }));
    this.#noted = new Map();
    return noted;
  }
}
