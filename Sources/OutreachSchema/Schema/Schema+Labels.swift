import SyncCore

extension Schema {
    /// What people call the collections that have no form of their own.
    private static let labelsOfOthers: [String: BilingualText] = [
        ImportRecord.collection: ImportRecord.label,
        HubCollection.conflicts: BilingualText(en: "Conflicts", zh: "冲突"),
        HubCollection.devices: BilingualText(en: "Devices", zh: "设备"),
        HubCollection.epochs: BilingualText(en: "Epochs", zh: "纪元"),
        HubCollection.space: BilingualText(en: "Space", zh: "空间"),
    ]

    /// What people call a collection; nil for one that this version does not know.
    public func label(ofCollection name: String) -> BilingualText? {
        collection(named: name)?.label ?? Self.labelsOfOthers[name]
    }
}
