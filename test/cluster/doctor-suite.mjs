export async function doctorSuite() {}
