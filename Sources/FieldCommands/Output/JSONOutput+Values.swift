import CommandKit
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

    /// Keys sorted.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .array(let items): self = .array(items.map { JSONOutput($0) })
        case .object(let members):
            self = .object(
                members.sorted { $0.key < $1.key }.map { Member($0.key, JSONOutput($0.value)) })
        }
    }
}
