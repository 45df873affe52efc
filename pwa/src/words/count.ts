// A number with its noun, as in "1 log" and "1,200 logs".

export const count = (n: number, one: string, many: string) =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
