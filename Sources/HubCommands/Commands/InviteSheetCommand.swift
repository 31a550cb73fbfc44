import ArgumentParser
import CommandKit
import HubDesk
import OutreachSchema
import ReportGathering
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import SystemTimeZones

/// `sync-hub invite sheet NAMES --html OUT`: many invites at once, to be printed and cut out.
struct InviteSheetCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sheet", abstract: Messages.hub.inviteSheetAbstract.text())
    }

    private static let rowLimit = 500

    @Argument(help: ArgumentHelp(Messages.hub.namesHelp.text(), valueName: "names"))
    var names: String
    @Option(help: ArgumentHelp(Messages.hub.sheetHelp.text(), valueName: "file"))
    var html: String
    @OptionGroup var data: HubDataOptions
    @Option(
        help: ArgumentHelp(Messages.hub.expiresHelp.text(), valueName: "time"),
        transform: DurationArgument.init(parsing:))
    var expires = DurationArgument(seconds: 7 * 86_400)
    @Option(help: ArgumentHelp(Messages.hub.urlHelp.text(), valueName: "url"))
    var url: String?
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let rows = try rows()
        let url = try url.map { try HubURL.checked($0) }
        guard !FilePresence.exists(html) else { throw KeepingFault.fileExists(path: html) }
        let store = try data.open()
        let facts = try store.facts()
        let zone = ZoneRules.ofSpace(facts.timeZone)
        let end = Environment.system.nowMilliseconds() + Int64(expires.seconds) * 1_000
        var cards: [InviteSheet.Card] = []
        for row in rows {
            guard let role = Role(rawValue: row.role) else { continue }
            let invite = try store.invite(name: row.name, role: role, expires: end, url: url)
            cards.append(
                InviteSheet.Card(
                    name: row.name, role: row.role, invite: invite,
                    expires: zone.text(utcSeconds: end / 1_000)))
        }
        let language: DeskLanguage = Language.current == .zhHans ? .chinese : .english
        let sheet = InviteSheet(cards, space: facts.name, language: language)
        // Whoever has the sheet can join: it is its owner's alone.
        try SecretFile.write(Array(sheet.html.utf8), to: html)
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "invites": .int(cards.count), "path": .string(html),
                "expires": .string(RFC3339.text(utcSeconds: end / 1_000)),
            ])
        }
        console.print(Messages.hub.sheetMade.text(["n": cards.count, "path": html]))
        console.say(Messages.hub.sheetSecret.text())
    }

    /// Every row is right, or none is used.
    private func rows() throws -> [InviteList.Row] {
        let bytes = try FileBytes.read(names)
        let words = Messages.hub
        let list: InviteList
        do { list = try InviteList(bytes) } catch {
            let language = LabelLanguage.current
            throw CommandFailure(
                "import", error.message[language], mend: error.mend[language], cause: error)
        }
        guard !list.rows.isEmpty, list.rows.count <= Self.rowLimit else {
            throw CommandFailure(
                "no_names", words.noNames.text(["n": Self.rowLimit]),
                mend: words.noNamesMend.text(),
                status: .usage)
        }
        for row in list.rows {
            _ = try DeviceArguments.role(row.role, line: row.line)
            try DeviceArguments.check(name: row.name, line: row.line)
        }
        return list.rows
    }
}
