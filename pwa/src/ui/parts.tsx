// Parts of a line with dots between them: "45 minutes · In person · KITE-12". A part stays on one line if it can.

export function Parts({ of }: { readonly of: readonly string[] }) {
  return of.flatMap((part, place) => [
    place > 0 && ' ',
    <span key={part} class="part">
      {part}
      {place < of.length - 1 && ' ·'}
    </span>,
  ])
}
