export interface Authority {
  readonly certificate: string;
  readonly subject: string;
  readonly signingKey: object;
}

export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

export function authority(): Promise<Authority>;
export function certificate(
  ca: Authority,
  host: string,
  life?: { readonly from: number; readonly to: number },
): Promise<Pair>;
