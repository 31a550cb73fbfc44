import CommandKit
import OutreachSchema
import SyncCore

extension JSONOutput {
    init(_ value: SyncCore.Value) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let number): self = .double(number)
        case .text(let text): self = .string(text)
        }
    }

    /// RFC 3339 in UTC of milliseconds since 1970.
    static func time(_ milliseconds: Int64) -> JSONOutput {
        .string(RFC3339.text(utcSeconds: milliseconds / 1_000))
    }
}
