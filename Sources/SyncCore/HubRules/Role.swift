/// What a device may write. Source: Protocol/README.md §5.4 and §6.
public enum Role: String, Sendable, CaseIterable {
    /// The hub itself.
    case hub
    /// May also write the space's operator collections.
    case `operator`
    /// May write every collection that is neither the operator's nor the hub's.
    case lead
    /// Reads everything, writes nothing.
    case auditor
}

/// Which role may write which collection.
public struct RolePolicy: Sendable, Equatable {
    /// Collections that only the hub writes.
    public static let hubCollections: Set<String> = [
        HubCollection.conflicts, HubCollection.devices, HubCollection.epochs, HubCollection.space,
    ]

    /// Collections that only operators (and the hub) write.
    public let operatorCollections: Set<String>

    public init(operatorCollections: Set<String> = []) {
        self.operatorCollections = operatorCollections
    }

    /// - Parameter role: nil for a role that this version does not know: it may write nothing.
    public func allows(_ role: Role?, toWrite collection: String) -> Bool {
        switch role {
        case .hub: true
        case .operator: !Self.hubCollections.contains(collection)
        case .lead:
            !Self.hubCollections.contains(collection) && !operatorCollections.contains(collection)
        case .auditor, nil: false
        }
    }
}

/// The collections that the hub writes about itself.
public enum HubCollection {
    public static let conflicts = "conflicts"
    public static let devices = "devices"
    public static let epochs = "epochs"
    public static let space = "space"
}
