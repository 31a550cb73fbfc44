import CommandKit
import OutreachSchema
import SyncHub
import SystemTimeZones

/// What an operator writes about a space: what it is called, and its time zone.
enum SpaceArguments {
    /// Throws where a text cannot be a space's title, or a zone is not known here; nil is passed over.
    ///
    /// - Throws: `CommandFailure` (usage).
    static func check(title: String?, timeZone: String?) throws {
        let words = Messages.hub
        if let timeZone, ZoneRules.system(named: timeZone) == nil {
            throw CommandFailure(
                "bad_zone", words.badZone.text(["zone": timeZone]), mend: words.badZoneMend.text(),
                status: .usage)
        }
        // The rule of a device's name: both are shown in lists.
        if let title, !SQLHubStore.isName(title) {
            throw CommandFailure(
                "bad_name", words.badTitle.text(), mend: words.badNameMend.text(), status: .usage)
        }
    }
}
