/** What a NodeClaim holds of the reservations: each one at most once. */
export type HeldReservations = ReadonlySet<string>;

/** ReservationManager: how many instances of each capacity reservation are left for NodeClaims to come. */
export class Reservations {
  readonly #left: Map<string, number>;

  constructor(capacities: Iterable<ReadonlyMap<string, number>>) {
    this.#left = new Map();
    for (const capacity of capacities) {
      for (const [id, count] of capacity) this.#left.set(id, Math.min(this.#left.get(id) ?? count, count));
    }
  }

  canReserve(held: HeldReservations, id: string): boolean {
    return held.has(id) || this.#left.get(id) !== 0;
  }

  /** Takes what is new and gives back what the claim can no longer use. */
  exchange(held: HeldReservations, wanted: HeldReservations): void {
    for (const id of wanted) if (!held.has(id)) this.#change(id, -1);
    for (const id of held) if (!wanted.has(id)) this.#change(id, 1);
  }

  #change(id: string, by: number): void {
    this.#left.set(id, (this.#left.get(id) ?? 0) + by);
  }
}
