/** Known words that a mistyped one may have meant, nearest first: at most a third of its letters differ. */
export function nearestWords(word: string, known: Iterable<string>): readonly string[] {
  const most = Math.max(1, Math.floor(word.length / 3));
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const distance = candidate.toLowerCase() === word.toLowerCase() ? 0 : editDistance(word, candidate, most);
    if (distance <= most) near.push({ candidate, distance });
  }
  return near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1)).map(({ candidate }) => candidate);
}

/** Optimal string alignment distance (a swap of neighbours counts one), or more than `most` as soon as that is certain. */
export function editDistance(a: string, b: string, most: number = Number.POSITIVE_INFINITY): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let best = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    if (Math.min(...current) > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
