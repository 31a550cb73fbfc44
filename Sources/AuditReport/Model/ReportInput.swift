/// One thing that was audited: where it is, and what names its state exactly.
public struct ReportInput: Sendable {
    public enum Kind: Sendable {
        case replica, hub, bundle, hubAddress
    }

    /// As the person gave it.
    public var name: String
    public var kind: Kind
    public var facts: [Fact] = []
    public var heads: [Head] = []

    /// One line about the input.
    public struct Fact: Sendable {
        public enum Label: Sendable, CaseIterable {
            case fileHash, logHash, space, spaceName, device, deviceName, role, hub, hubKey, digest
            case batches, lastSync
        }
        public var label: Label
        public var value: Value

        public enum Value: Sendable {
            case text(String)
            case code(String)
            case count(Int)
            /// Milliseconds since 1970.
            case time(Int64)
        }

        public init(_ label: Label, _ value: Value) {
            self.label = label
            self.value = value
        }
    }

    /// A state of the journal that the hub signed. Hashes and epoch in hex.
    public struct Head: Sendable {
        public var size: Int64
        public var epoch: String
        public var root: String
        public var digest: String
        public var time: Int64

        public init(size: Int64, epoch: String, root: String, digest: String, time: Int64) {
            self.size = size
            self.epoch = epoch
            self.root = root
            self.digest = digest
            self.time = time
        }
    }

    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
