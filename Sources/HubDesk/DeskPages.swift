import OutreachSchema
import SyncCore
import SyncHub
import SyncReplica
import SyncStore
import SystemTimeZones

/// What each page shows, as its template reads it.
struct DeskPages {
    let desk: Desk
    let store: SQLHubStore
    let environment: Environment
    let language: DeskLanguage

    var labels: LabelLanguage { language.labels }
    var words: [String: String] { DeskWords.texts(language) }
    /// A list on a page; what is more is found by searching.
    static let rowLimit = 200

    // MARK: Words

    func time(_ milliseconds: Int64?, _ zone: ZoneRules) -> String {
        guard let milliseconds, milliseconds > 0 else { return "–" }
        return "\(zone.localTime(atUTCSeconds: milliseconds / 1_000))"
    }

    func label(_ collection: String) -> String {
        Schema.outreach.label(ofCollection: collection)?[labels] ?? collection
    }

    /// A field's value as a person reads it.
    func shown(
        _ value: Value?, _ field: String, _ collection: String, _ zone: ZoneRules
    ) -> String {
        let description = Schema.outreach.collection(named: collection)?.field(named: field)
        return ValuePresenter(language: labels, zone: zone)
            .text(of: value ?? .null, for: description)
    }

    func fieldLabel(_ field: String, _ collection: String) -> String {
        if field == FieldName.deleted { return words["deleted"] ?? field }
        return Schema.outreach.collection(named: collection)?.field(named: field)?.label[labels]
            ?? field
    }

    /// A word with what stands in its braces.
    func word(_ key: String, _ values: [String: String] = [:]) -> String {
        values.reduce(words[key] ?? key) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    func presenter(_ zone: ZoneRules) -> ValuePresenter {
        ValuePresenter(language: labels, zone: zone)
    }

    func deviceNames(_ replica: Replica) throws -> [DeviceID: String] {
        var names: [DeviceID: String] = [:]
        try replica.eachRecord(in: HubCollection.devices) {
            names[$0.key.id] = $0.values["name"]?.text
        }
        return names
    }
}
