export async function scanSuite() {}
