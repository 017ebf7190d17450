import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Document } from '../../src/document/document.ts';
import type { Subject } from '../../src/lint/ask.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { PoolQuestion } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Fact } from './facts.ts';

/** What one rule said of one subject, and what it looked at to say it. */
export interface Entry {
  readonly rule: Rule;
  /** Undefined where it is all objects together. */
  readonly subject: Subject | undefined;
  /** That the subject stands in; undefined where it is all objects together. */
  readonly document: Document | undefined;
  readonly said: readonly Diagnostic[];
  readonly facts: ReadonlySet<Fact>;
  readonly searches: ReadonlySet<Search>;
  /** What it threw, if it did. */
  readonly crash: { readonly error: unknown } | undefined;
}

/** A search among the pools that was made for one rule or another. Nothing but its answer was looked at by who made it. */
export interface Search {
  readonly question: PoolQuestion<object>;
  readonly about: object;
  readonly likeness: string | undefined;
  readonly answer: NodePool | undefined;
  /** What the question looked at beyond the pools; another search may look at other things and find the same. */
  facts: ReadonlySet<Fact>;
}
