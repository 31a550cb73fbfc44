package import CommandKit
package import OutreachSchema
package import SyncAudit
package import SyncCore
import SystemTimeZones

/// What people call the devices, collections and fields of a file, and when by their clock.
package struct AuditedSpace {
    package let names: SpaceNames
    package let zone: ZoneRules

    package init(_ file: AuditFile) throws {
        names = try SpaceNames(file)
        zone = ZoneRules.ofSpace(names.timeZone)
    }

    package var joint: String { LabelLanguage.current == .chinese ? "、" : ", " }

    package func localTime(_ milliseconds: Int64) -> String {
        "\(zone.localTime(atUTCSeconds: milliseconds / 1_000))"
    }

    package func localTime(_ stamp: StampTime) -> String { localTime(stamp.milliseconds) }

    /// The device's name in the space, or the beginning of its id.
    package func device(_ id: DeviceID?) -> String {
        guard let id else { return "?" }
        return names.devices[id] ?? String(id.hex.prefix(8))
    }

    package func label(_ collection: String) -> String {
        Schema.outreach.label(ofCollection: collection)?[.current] ?? collection
    }

    package func label(_ field: String, in collection: String) -> String {
        if field == FieldName.deleted { return Messages.auditHistory.deletion.text() }
        let known = Schema.outreach.collection(named: collection)?.field(named: field)
        return known?.label[.current] ?? field
    }

    /// A value as people read it.
    package func text(_ value: CanonicalValue, _ field: String, in collection: String) -> String {
        let value = value.value
        guard value != .null else { return Messages.auditHistory.nothing.text() }
        let known = Schema.outreach.collection(named: collection)?.field(named: field)
        return ValuePresenter(language: .current, zone: zone).text(of: value, for: known)
    }

    /// A record's collection and the beginning of its id.
    package func short(_ key: RecordKey) -> String {
        "\(label(key.collection)) \(key.id.hex.prefix(12))"
    }

    package func json(_ device: DeviceID?) -> JSONOutput {
        [
            "device": JSONOutput(device?.hex),
            "name": JSONOutput(device.flatMap { names.devices[$0] }),
        ]
    }
}
