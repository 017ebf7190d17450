import type { Rule } from '../src/lint/rule.ts';
import { type Engine, engineFrom, type Proving } from './engine.ts';
import { type Judgement, judgement } from './findings.ts';
import type { ProofOrder, ProofReply, ProofTask } from './proof-messages.ts';
import { documentFrom, type Surroundings } from './surroundings.ts';

/** Carries out orders one after the other: keeps its own engine and its own snapshot, and judges by the rules that need a proof. */
export function proveOrders(
  rules: readonly Rule[],
  prove: Proving['prove'],
  reply: (reply: ProofReply) => void,
): (order: ProofOrder) => Promise<void> {
  let engine: Engine | undefined;
  let judge: Judgement | undefined;
  let around: Surroundings | undefined;
  let until = 0;
  let isLate = false;
  const expired = (): boolean => {
    isLate ||= Date.now() >= until;
    return isLate;
  };

  const answer = (task: ProofTask): Omit<ProofReply, 'id'> => {
    until = task.until;
    isLate = false;
    if (!engine || !judge || !around || expired()) return { introduced: [], crashes: [], isLate: true };
    const { introduced, crashes } = judge(task, around, task.now, false);
    // What was cut short is no answer to anybody else's question.
    if (isLate) judge = judgement(engine, engine.proving);
    return { introduced, crashes: crashes.map(({ rule, error }) => ({ rule, message: messageOf(error) })), isLate };
  };
  const carryOut = async (order: ProofOrder): Promise<void> => {
    if (order.type === 'ask') reply({ id: order.id, ...answer(order) });
    else if (order.type === 'snapshot') {
      const { objects, version } = order;
      around = { objects, documents: objects.map(documentFrom), hasWorkloads: true, version, ageSeconds: 0 };
    } else {
      engine = await engineFrom(order.input, rules, { prove, expired });
      judge = judgement(engine, engine.proving);
    }
  };
  let last: Promise<void> = Promise.resolve();
  return (order) => {
    last = last.then(() => carryOut(order));
    return last;
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
