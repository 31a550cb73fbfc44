import CommandKit
import SyncCore
import SyncProtocol

/// A head, for programs.
enum HeadJSON {
    static func json(_ head: Head) -> JSONOutput {
        [
            "size": .int(Int(head.size)), "root": .string(head.root.hex),
            "epoch": .string(head.epoch.hex), "digest": .string(head.digest.hex),
        ]
    }
}
