export async function parity() {}
