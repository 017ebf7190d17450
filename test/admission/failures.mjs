export async function failures() {}
