import OutreachSchema
package import SyncAudit
import SyncCore

extension EventTimes {
    /// Where the outreach log keeps the times of its events.
    package static var outreach: EventTimes {
        let pairs = Schema.outreach.collections.compactMap { collection in
            collection.eventTimeField.map { (collection.name, $0) }
        }
        return EventTimes(fieldsByCollection: Dictionary(uniqueKeysWithValues: pairs)) { value in
            value.text.flatMap { RFC3339.utcSeconds($0) }.map { $0 * 1_000 }
        }
    }
}
