/** One change of a text: what stands from `start` to before `end`, in UTF-16 units, becomes `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
