import type { Document } from '../../src/document/document.ts';
import type { Brief, Subject } from '../../src/lint/ask.ts';
import type { PoolQuestion } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Fact } from './facts.ts';
import type { Answer } from './state.ts';

/** What was said of what stands in a document. */
export interface Spoken extends Answer {
  /** Undefined where it is all objects together. */
  readonly document: Document | undefined;
}

/** What one rule said of one subject, and what it looked at to say it. */
export interface Entry extends Spoken {
  readonly brief: Brief;
  /** Undefined where it is all objects together. */
  readonly subject: Subject | undefined;
  readonly facts: ReadonlySet<Fact>;
  readonly searches: ReadonlySet<Search>;
}

/** A search among the pools that was made for one rule or another. Nothing but its answer was looked at by who made it. */
export interface Search {
  readonly question: PoolQuestion<object>;
  readonly about: object;
  readonly likeness: string | undefined;
  /** Of the class that the pools name, if not all are searched. */
  readonly className: string | undefined;
  readonly answer: NodePool | undefined;
  /** What the question looked at beyond the pools; another search may look at other things and find the same. */
  facts: ReadonlySet<Fact>;
}
