/** Why a request was not answered as hoped: RFC 9457's members, or status 0 when nothing answered at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    /** For people; may be empty. */
    readonly detail: string,
    /** What is wrong with single fields of what was sent, by field. */
    readonly errors: Readonly<Record<string, readonly string[]>> = {},
    /** A fixed word that tells this problem from others of the same status; empty for the usual ones. */
    readonly code = '',
  ) {
    super(detail || title)
  }

  get isUnreachable(): boolean {
    return this.status === 0
  }

  get isForbidden(): boolean {
    return this.status === 403
  }

  /** The text to put under a field. */
  of(field: string): string | undefined {
    return this.errors[field]?.join(' ')
  }
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem(-1, thrown instanceof Error ? thrown.message : String(thrown), '')
}

export const isAbort = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'AbortError'
