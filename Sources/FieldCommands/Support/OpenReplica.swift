import CommandKit
import OutreachSchema
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore
import SystemTimeZones

/// A replica with what commands need around it: the space's zone, the time, people's names for
/// devices.
struct OpenReplica {
    let replica: Replica
    let zone: ZoneRules
    let language = LabelLanguage.current

    init(_ replica: Replica) throws {
        self.replica = replica
        let space = try replica.membership()?.hub.space
        let record = try space.flatMap { try replica.record(RecordKey(HubCollection.space, $0)) }
        let name = record?.values["time_zone"]?.text
        zone = ZoneRules.ofSpace(name)
    }

    var presenter: ValuePresenter { ValuePresenter(language: language, zone: zone) }

    /// What a person sees of a record.
    func shown(_ state: RecordState) -> ShownRecord {
        ShownRecord(state, zone: zone)
    }

    func localTime(milliseconds: Int64) -> String {
        "\(zone.localTime(atUTCSeconds: milliseconds / 1_000))"
    }

    /// Years that no record of the log has come from a clock that was far off.
    func localTime(_ stamp: StampTime) -> String {
        localTime(milliseconds: stamp.milliseconds)
    }
}

extension OpenReplica {
    /// The wall clock, set right by what the hub said where it is far off.
    ///
    /// - Returns: milliseconds since 1970, and the correction in them.
    func correctedNow() throws -> (milliseconds: Int64, correction: Int64) {
        let wall = Environment.system.nowMilliseconds()
        let difference = try replica.clockDifference() ?? 0
        guard abs(difference) > HubRules.driftLimitMilliseconds else { return (wall, 0) }
        return (wall + difference, difference)
    }

    /// This device's clock as it is: the one that stamps are made from.
    func wallMilliseconds() -> Int64 { Environment.system.nowMilliseconds() }

    /// Checks entries for a collection; says so if it has to correct the clock.
    func checker(
        _ collection: CollectionDescription, allowsPersonal: Bool,
        places: PlaceDirectory = .empty, leniency: EntryLeniency = []
    ) throws -> EntryChecker {
        let (now, correction) = try correctedNow()
        if correction != 0 {
            Console.current.warn(
                Messages.fieldRecords.clockCorrected.text([
                    "difference": ClockDifference.text(hubAhead: correction)
                ]))
        }
        return EntryChecker(
            collection, zone: zone, now: now / 1_000, personal: allowsPersonal ? .allow : .refuse,
            places: places, leniency: leniency)
    }
}

/// How people are told of a clock that is off.
enum ClockDifference {
    /// - Parameter hubAhead: the hub's time minus this device's, in milliseconds.
    static func text(hubAhead: Int64) -> String {
        let message =
            hubAhead < 0 ? Messages.fieldRecords.clockFast : Messages.fieldRecords.clockSlow
        return message.text(["time": length(abs(hubAhead) / 1_000)])
    }

    /// In its two largest units.
    private static func length(_ seconds: Int64) -> String {
        switch seconds {
        case 86_400...: "\(seconds / 86_400) d \(seconds % 86_400 / 3_600) h"
        case 3_600...: "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
        case 60...: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds) s"
        }
    }
}
