// What the build gives: see vite.config.ts.
declare const __APP__: string

declare module 'virtual:limits' {
  const limits: Readonly<Record<string, Readonly<Record<string, import('./rules/limits').Limit>>>>
  export default limits
}
