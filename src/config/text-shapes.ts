import { karpenterMinors, minorOf } from '../algebra/version.ts';
import type { TextShape } from '../lint/shape.ts';

/** Text of every sort that the configuration takes. */

export const karpenterVersion: TextShape = {
  kind: 'text',
  means: `a Karpenter version, ${karpenterMinors[0]} to ${karpenterMinors.at(-1)}, with or without a patch`,
  looksNumeric: true,
  pattern: /^\d+\.\d+(\.\d+)?$/,
  fault: (text) => (karpenterMinors.includes(minorOf(text)) ? undefined : `Karpenter ${minorOf(text)} is not known`),
};

export const kubernetesVersion: TextShape = {
  kind: 'text',
  means: 'a Kubernetes version such as 1.34',
  looksNumeric: true,
  pattern: /^1\.\d{1,3}(\.\d+)?$/,
};

export const region: TextShape = {
  kind: 'text',
  means: 'a region such as eu-west-1',
  pattern: /^[a-z]{2}(-[a-z]+)+-\d+$/,
};

export const zone: TextShape = {
  kind: 'text',
  means: 'a zone such as eu-west-1a',
  pattern: /^[a-z]{2}(-[a-z0-9]+)+$/,
};

export const date: TextShape = {
  kind: 'text',
  means: 'a date such as 2027-01-31',
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  fault: (text) => (isDay(text) ? undefined : 'the calendar has no such day'),
};

/** `Date.parse` takes 31 February for 3 March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export const clock: TextShape = {
  kind: 'text',
  means: 'a time of day such as 08:30',
  looksNumeric: true,
  pattern: /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/,
};

export const timezone: TextShape = {
  kind: 'text',
  means: 'an IANA time zone such as Asia/Seoul',
  fault: (text) => (isZone(text) ? undefined : 'no such time zone'),
};

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const regularExpression: TextShape = {
  kind: 'text',
  means: 'a regular expression',
  fault: (text) => {
    try {
      return new RegExp(text) && undefined;
    } catch (error) {
      if (error instanceof SyntaxError) return error.message;
      throw error;
    }
  },
};

export const extraField: TextShape = {
  kind: 'text',
  means: 'a field such as EC2NodeClass.spec.fleetId',
  pattern: /^[A-Z][A-Za-z0-9]*(\.[^.\s]+)+$/,
};

/** Text without white space around it. */
export function text(means: string): TextShape {
  return { kind: 'text', means, pattern: /^\S(.*\S)?$/ };
}

/** Many read as numbers, account ids above all. */
export function numericText(means: string): TextShape {
  return { ...text(means), looksNumeric: true };
}
