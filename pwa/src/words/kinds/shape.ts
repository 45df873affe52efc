// What the words of a kind are. A field without a question, or an answer without a label, does not compile.
import type { Entry } from '../../data/schema.gen'

export interface QuestionWords {
  /** In the form. */
  readonly ask: string
  /** In a list of answers. */
  readonly short: string
  /** When it was left out. */
  readonly missing?: string
  readonly hint?: string
}

/** One choice, or each of several. */
export type Each<T> = NonNullable<T> extends readonly (infer U)[] ? U : NonNullable<T>
/** A label for each answer, in the order in which they are shown. */
export type Labels<T> = Readonly<Record<Extract<Each<T>, string>, string>>

type Choices<T> = {
  [F in keyof T]-?: Each<T[F]> extends string ? (string extends Each<T[F]> ? never : F) : never
}[keyof T]
type Lists<T> = { [F in keyof T]-?: Each<T[F]> extends object ? F : never }[keyof T]
type Needed<T, F extends keyof T> = Record<never, never> extends Pick<T, F> ? unknown : { missing: string }

/** The words of one struct: a question for each field, and a label for each answer of those that are a choice. */
export interface Words<T> {
  readonly questions: { readonly [F in Exclude<keyof T, 'kind'>]-?: QuestionWords & Needed<T, F> }
  readonly options: { readonly [F in Exclude<Choices<T>, 'kind'>]: Labels<T[F]> }
}

/** The words of a kind, those of the things that it lists, and what it asks of every entry in other words. */
export interface KindWords<T> extends Words<T> {
  readonly lists: { readonly [F in Lists<T>]: Words<Each<T[F]>> }
  readonly otherwise?: {
    readonly questions?: { readonly [F in keyof Entry]?: QuestionWords }
    readonly options?: { readonly [F in keyof Entry]?: Labels<Entry[F]> }
  }
}
