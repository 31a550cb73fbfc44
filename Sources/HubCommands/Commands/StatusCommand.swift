import ArgumentParser
import CommandKit
import OutreachSchema
import ReportGathering
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import SystemTimeZones

/// `sync-hub status`.
struct StatusCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "status", abstract: Messages.hub.statusAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let status = try store.status()
        let healing = HealingStatus(
            epochs: try store.epochs(), claims: try store.claims(), split: status.facts.split)
        let now = Environment.system.nowMilliseconds()
        let sessions = try store.deskAccess().sessions.filter { $0.expires > now }
        let console = Console.current
        if globals.isJSON { return console.print(status.json(healing, sessions)) }
        let words = Messages.hub
        var form = Form()
        form.append(words.space.text(), status.facts.name)
        form.append(words.address.text(), status.url)
        form.append(words.hubKey.text(), status.facts.hubKey.hex)
        form.append(words.position.text(), String(status.facts.position))
        form.append(words.digest.text(), status.digest.hex)
        form.append(words.epoch.text(), status.facts.epoch.hex)
        form.append(words.devices.text(), String(status.devices))
        form.append(words.conflictsOpen.text(), String(status.openConflicts))
        let language = LabelLanguage.current
        for (collection, count) in status.counts.sorted(by: { $0.key < $1.key })
        where !RolePolicy.hubCollections.contains(collection) {
            let label = Schema.outreach.label(ofCollection: collection)?[language]
            form.append(label ?? collection, String(count))
        }
        let zone = ZoneRules.ofSpace(status.facts.timeZone)
        if let time = status.backedUpAt {
            let text = Messages.hubHealing.backedUpTo.text([
                "position": status.backedUpPosition, "time": zone.text(utcSeconds: time / 1_000),
            ])
            form.append(Messages.hubHealing.backedUp.text(), text)
        }
        if healing.epochs.count > 1 {
            form.append(Messages.hubHealing.epochs.text(), String(healing.epochs.count))
        }
        for session in sessions {
            let time = zone.text(utcSeconds: session.expires / 1_000)
            form.append(
                Messages.hubDesk.signedIn.text(),
                Messages.hubDesk.session.text([
                    "mark": session.mark, "rights": session.rights.rawValue, "time": time,
                ]))
        }
        console.print(form)
        for line in healing.warnings(place: data.place) { console.warn(line) }
    }
}

extension HubStatus {
    /// As `status --json` shows it.
    func json(_ healing: HealingStatus, _ sessions: [DeskAccess.Pass]) -> JSONOutput {
        let records = counts.sorted { $0.key < $1.key }
            .map { JSONOutput.Member($0.key, .int($0.value)) }
        return [
            "space": .string(facts.space.hex), "name": .string(facts.name),
            "url": .string(url), "hub_key": .string(facts.hubKey.hex),
            "log_key": .string(facts.logKey),
            "position": .int(Int(facts.position)), "epoch": .string(facts.epoch.hex),
            "digest": .string(digest.hex), "records": .object(records),
            "devices": .int(devices), "conflicts_open": .int(openConflicts),
            "backed_up_position": .int(Int(backedUpPosition)),
            "backed_up_at": JSONOutput(backedUpAt.map { RFC3339.text(utcSeconds: $0 / 1_000) }),
            "epochs": .array(healing.epochs.map(\.json)),
            "claims": .int(healing.claims.count),
            "page_sessions": .array(
                sessions.map {
                    [
                        "mark": .string($0.mark), "rights": .string($0.rights.rawValue),
                        "since": .string(RFC3339.text(utcSeconds: $0.made / 1_000)),
                        "expires": .string(RFC3339.text(utcSeconds: $0.expires / 1_000)),
                    ]
                }),
            "split": healing.split.map { HeadJSON.json($0.head) } ?? .null,
        ]
    }
}
