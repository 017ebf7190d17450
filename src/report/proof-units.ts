/** An amount of a witness as people say it, `7.59Gi` or `70m`, where that is not the exact text itself. */
export function humanAmount(resource: string, exact: string): string | undefined {
  const amount = Number(exact);
  const said = isBytes(resource) ? binary(amount) : resource === 'cpu' ? cores(amount) : exact;
  return Number(said) === amount ? undefined : said;
}

/** What the exact amounts of a resource count. */
export function unitOf(resource: string): string {
  if (isBytes(resource)) return 'bytes';
  return resource === 'cpu' ? 'cores' : '';
}

function isBytes(resource: string): boolean {
  return resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-');
}

const binaryUnits = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

function binary(bytes: number): string {
  let power = 0;
  let amount = bytes;
  for (; Math.abs(amount) >= 1024 && power < binaryUnits.length - 1; power++) amount /= 1024;
  return `${Math.round(amount * 100) / 100}${binaryUnits[power]}`;
}

function cores(amount: number): string {
  return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1e6) / 1e3}m`;
}

export function money(perHour: number | undefined): string {
  return perHour === undefined ? 'no price known' : `${perHour.toFixed(perHour < 10 ? 4 : 2)} USD an hour`;
}
