import { defaultTextMapGetter, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { ReviewSpan, Tracing } from './tracing.ts';

export interface TracingOptions {
  /** Where spans are posted to, as JSON. */
  readonly url: string;
  /** Of the reviews that no trace is there for, the part that gets one; whoever sends a `traceparent` decides for itself. */
  readonly ratio: number;
  readonly version: string;
  readonly log: Pick<Logger, 'warn'>;
}

/** Milliseconds that a collector has to take a batch; also what the end of the process waits for. */
const PATIENCE = 5_000;

/** Of an attribute: whoever reaches the port may send any word. */
const LONGEST = 253;

/** Spans over OTLP/HTTP, in batches. Headers for the collector and more about the resource come from the variables `OTEL_…`. */
export function otlpTracing({ url, ratio, version, log }: TracingOptions): Tracing {
  const tell = toldOnce(log);
  setGlobalErrorHandler(tell);
  const own = resourceFromAttributes({ 'service.name': 'poolproof', 'service.version': version });
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: PATIENCE });
  const provider = new BasicTracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanLimits: { attributeValueLengthLimit: LONGEST },
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: PATIENCE })],
  });
  const tracer = provider.getTracer('poolproof', version);
  const propagator = new W3CTraceContextPropagator();
  return {
    begin: (headers) => {
      const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
      return reviewSpan(tracer.startSpan('review', { kind: SpanKind.SERVER }, parent));
    },
    // The last batch may fail as any other does: that is no reason to end badly.
    stop: () => provider.shutdown().catch(tell),
  };
}

function reviewSpan(span: Span): ReviewSpan {
  return {
    judged: ({ decision, findings }, { uid, kind, operation, dryRun }) => {
      span.setAttributes({
        'poolproof.uid': uid,
        'poolproof.kind': kind,
        'poolproof.operation': operation,
        'poolproof.dry_run': dryRun,
        'poolproof.decision': decision,
        'poolproof.rules': [...new Set(findings.map(({ rule }) => rule))],
      });
    },
    end: (status) => {
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** A collector that is away would else be told of every few seconds. */
function toldOnce(log: TracingOptions['log']): (error: unknown) => void {
  let last: string | undefined;
  return (error) => {
    const fault = error instanceof Error ? error.message : String(error);
    if (fault !== last) log.warn({ fault }, 'spans could not be sent');
    last = fault;
  };
}
