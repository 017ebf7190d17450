import { Environment, EvaluationError, ParseError, TypeError as TypeFault } from '@marcbachmann/cel-js';
import { type ExpressionFault, isExpressionFault, type KubeletExpression, type KubeletVariables } from './kubelet-variables.ts';

/**
 * Compiles as Karpenter's provider does since 1.15: six variables, `max` and `min` of two numbers, an answer of type int or double.
 * Undefined where this evaluator and upstream's may differ, so that nothing can be said.
 */
export function kubeletExpression(source: string): KubeletExpression | ExpressionFault | undefined {
  const parsed = attempt(() => environment.parse(source));
  if (isExpressionFault(parsed)) return parsed;
  const { valid, type = '', error } = parsed.check();
  if (!valid) return comparesTypes.test(error?.summary ?? '') ? undefined : { fault: summaryOf(error) };
  if (!numeric.includes(type)) return { fault: `its answer is of type ${type}, not int or double` };
  return (variables) => {
    const answer = attempt((): unknown => parsed(whole(variables)));
    return isExpressionFault(answer) ? answer : numberOf(answer);
  };
}

/** Whether numbers of two types may be compared is an option of upstream's evaluator. */
const comparesTypes = /no such overload: (?:int|double|uint) (?:==|!=|<|<=|>|>=) (?:int|double|uint)/;

/** The type of what is known at run time only is checked then. */
const numeric = ['int', 'double', 'dyn'];

const environment = providerEnvironment();

function providerEnvironment(): Environment {
  const counts = ['vcpus', 'memory_mib', 'default_enis', 'ips_per_eni', 'max_pods'];
  let environment = new Environment().registerVariable('instance_type', 'string');
  for (const name of counts) environment = environment.registerVariable(name, 'int');
  for (const [name, isFirst] of [
    ['max', greater],
    ['min', less],
  ] as const) {
    environment = environment.registerFunction(`${name}(int, int): int`, (a: bigint, b: bigint) => (isFirst(a, b) ? a : b));
    for (const types of ['double, double', 'int, double', 'double, int']) {
      const chosen = (a: bigint | number, b: bigint | number): number => Number(isFirst(a, b) ? a : b);
      environment = environment.registerFunction(`${name}(${types}): double`, chosen);
    }
  }
  return environment;
}

function greater(a: bigint | number, b: bigint | number): boolean {
  return a > b;
}

function less(a: bigint | number, b: bigint | number): boolean {
  return a < b;
}

function whole({ instance_type, ...counts }: KubeletVariables): Readonly<Record<string, bigint | string>> {
  const integers = Object.entries(counts).map(([name, count]) => [name, BigInt(count)] as const);
  return { instance_type, ...Object.fromEntries(integers) };
}

function numberOf(answer: unknown): number | ExpressionFault {
  if (typeof answer === 'bigint') return Number(answer);
  if (typeof answer !== 'number') return { fault: 'its answer is no number' };
  return Number.isFinite(answer) ? Math.trunc(answer) : { fault: 'its answer is not finite' };
}

function attempt<T>(run: () => T): T | ExpressionFault {
  try {
    return run();
  } catch (error) {
    if (error instanceof ParseError || error instanceof EvaluationError || error instanceof TypeFault)
      return { fault: summaryOf(error) };
    throw error;
  }
}

function summaryOf(error: { readonly summary: string } | undefined): string {
  return error?.summary ?? 'it does not compile';
}
