/// Why a command did not do what was asked, in words for a person and a code for a program.
public struct CommandFailure: Error, Sendable {
    /// Names the kind of failure in JSON, in snake case. Never translated, never reused.
    public struct Code: Sendable, Hashable, ExpressibleByStringLiteral {
        public let text: String

        public init(stringLiteral value: String) {
            text = value
        }
    }

    public let code: Code
    /// One sentence, in the person's language. Never a record's contents or a token.
    public let message: String
    /// What to do about it, in the person's language.
    public let mend: String?
    public let status: ExitStatus
    /// What a program may want to know: paths, counts, names. Never translated.
    public let facts: [JSONOutput.Member]
    public let cause: (any Error)?

    public init(
        _ code: Code, _ message: String, mend: String? = nil, status: ExitStatus = .failed,
        facts: [JSONOutput.Member] = [], cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.mend = mend
        self.status = status
        self.facts = facts
        self.cause = cause
    }
}

extension CommandFailure: CustomStringConvertible {
    /// Message and mend on one line: what the argument parser shows of a failure in `validate()`.
    public var description: String {
        [message, mend].compactMap(\.self).joined(separator: " ")
    }
}

extension CommandFailure {
    /// The document that `--json` writes to standard error.
    var json: JSONOutput {
        [
            "error": [
                "code": .string(code.text), "message": .string(message), "mend": JSONOutput(mend),
                "details": .object(facts),
            ]
        ]
    }
}
