// Parts of a line with dots between them: "45 minutes · In person · KITE-12". A part stays on one line if it can.

export function Parts({ of }: { readonly of: readonly string[] }) {
  return of.flatMap((part, place) => [
    place > 0 && ' ',
    <span key={part} class="part">
      {part}
      {/* Held to the word before it: a dot never begins a line. */}
      {place < of.length - 1 && '\u00a0·'}
    </span>,
  ])
}
