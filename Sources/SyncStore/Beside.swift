import Dispatch

/// What is made of bytes on another core, while this thread goes on.
package final class Beside<Value: Sendable>: @unchecked Sendable {
    // Guard: the result is written before the group is left, and read after that.

    private let group = DispatchGroup()
    private var result: Value?

    /// Less is done sooner than handed over.
    package static func isWorthwhile(_ bytes: Int) -> Bool { bytes >= 64 << 10 }

    /// - Returns: nil for few bytes.
    package convenience init?(
        ifLarge bytes: [UInt8], _ body: @escaping @Sendable ([UInt8]) -> Value
    ) {
        guard Self.isWorthwhile(bytes.count) else { return nil }
        self.init { body(bytes) }
    }

    package init(_ body: @escaping @Sendable () -> Value) {
        DispatchQueue.global(qos: .userInitiated).async(group: group) { [self] in
            result = body()
        }
    }

    /// Waits until it is made.
    package var value: Value {
        group.wait()
        guard let result else { preconditionFailure("the work ended before its group was left") }
        return result
    }
}
