/** What is wrong with an answer of the webhook, by the rules of the API server that gets it; undefined if nothing is. */
export function faultyAnswer(
  asked: string,
  status: number,
  headers: Readonly<Record<string, unknown>>,
  body: string,
): string | undefined {
  if (headers['retry-after'] !== undefined) return 'it asks the API server to try again';
  if (status !== 200)
    return [400, 503].includes(status) && /^poolproof: [^\n]+\n$/.test(body) ? undefined : `status ${status}: ${body}`;
  const { apiVersion, kind, response } = JSON.parse(body);
  if (apiVersion !== 'admission.k8s.io/v1' || kind !== 'AdmissionReview') return 'it is no review';
  const { uid } = JSON.parse(asked).request;
  if (typeof uid !== 'string' || response.uid !== uid) return `the uid is ${response.uid}, not ${uid}`;
  if (typeof response.allowed !== 'boolean') return 'it says neither yes nor no';
  if (!response.allowed && !response.status?.message) return 'it denies without a reason';
  if (response.allowed && response.status) return 'it allows with a reason';
  return faultyTexts(response);
}

interface Response {
  readonly warnings?: readonly string[];
  readonly status?: { readonly code: number; readonly details?: { readonly causes: readonly { readonly message: string }[] } };
  readonly auditAnnotations?: Readonly<Record<string, unknown>>;
}

function faultyTexts({ warnings = [], status, auditAnnotations = {} }: Response): string | undefined {
  if (warnings.length > 10) return `${warnings.length} warnings`;
  const causes = (status?.details?.causes ?? []).map(({ message }) => message);
  if (status && status.code < 400) return `denied with code ${status.code}`;
  const unclean = [...warnings, ...causes].find((text) => text === '' || /[\p{Cc}\p{Cs}]/u.test(text));
  if (unclean !== undefined) return `a text with what a terminal obeys: ${JSON.stringify(unclean)}`;
  const long = warnings.find((text) => [...text].length > 200);
  if (long !== undefined) return `a warning of ${[...long].length} characters`;
  const odd = Object.entries(auditAnnotations).find(([key, value]) => !/^[a-z-]+$/.test(key) || typeof value !== 'string');
  return odd && `an audit annotation ${JSON.stringify(odd)}`;
}
