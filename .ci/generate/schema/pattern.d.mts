export function javaScriptPattern(re2: string): string;
