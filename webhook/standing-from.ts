import { createHash } from 'node:crypto';
import type { Rule } from '../src/lint/rule.ts';
import { admissionPolicy } from './admission-policy.ts';
import { type Engine, type EngineInput, engineFrom } from './engine.ts';
import { judgement } from './findings.ts';
import type { Standing } from './standing.ts';
import { warmUp } from './warm-up.ts';

/** Makes ready what a configuration says. */
export async function standingFrom(input: EngineInput, rules: readonly Rule[]): Promise<Standing> {
  const engine = await engineFrom(input, rules);
  const judge = judgement(engine, engine.quick);
  const rehearse = judgement(rehearsed(engine), engine.quick);
  warmUp(rehearse, Date.now());
  return {
    input,
    rehearse,
    policy: admissionPolicy(input.settings),
    judge,
    wantsProof: engine.proving.length > 0,
    config: hashOf(input),
    catalogAsOf: engine.catalogAsOf,
    ruleSeconds: engine.seconds,
  };
}

/** An engine that nobody asks: its time is not counted. */
function rehearsed(engine: Engine): Engine {
  return {
    ...engine,
    judge: (question) => engine.judge({ ...question, isRehearsed: true }),
    basis: (rules) => engine.basis(rules, true),
  };
}

/** Twelve digits are enough to tell two configurations apart. */
export function hashOf(input: EngineInput): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 12);
}
