/** No answer could be had of the API server: a matter of the network, the credentials or the server, never of this program. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}
