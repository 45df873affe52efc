// What the build gives: see vite.config.ts.
declare const __APP__: string

declare module 'virtual:description' {
  const description: {
    readonly shapes: Readonly<Record<string, readonly import('./rules/description').Field[]>>
    readonly kinds: Readonly<
      Record<import('./data/phone').Kind, import('./rules/description').KindDescription>
    >
  }
  export default description
}
