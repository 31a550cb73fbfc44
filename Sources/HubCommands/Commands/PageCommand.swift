import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncStore
import SystemTimeZones

/// `sync-hub page`: a link into the hub's page, or nobody signed in any more.
struct PageCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "page", abstract: Messages.hubDesk.abstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Flag(help: ArgumentHelp(Messages.hubDesk.viewerHelp.text()))
    var viewer = false
    @Flag(name: .customLong("sign-out"), help: ArgumentHelp(Messages.hubDesk.signOutHelp.text()))
    var signsOut = false
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.hubDesk
        try data.check()
        guard data.isFolder else {
            throw CommandFailure(
                "folder_only", words.folderOnly.text(), mend: words.folderOnlyMend.text(),
                status: .usage)
        }
        let store = try data.open()
        let console = Console.current
        if signsOut {
            try store.changeDeskAccess { $0.signOutAll() }
            if globals.isJSON { return console.print(["signed_out": true]) }
            return console.print(words.signedOut.text())
        }
        let environment = Environment.system
        let secret = environment.randomID()
        let now = environment.nowMilliseconds()
        try store.changeDeskAccess {
            $0.addLink(secret, viewer ? .viewer : .operator, now: now)
        }
        let link = try "\(store.servedURL())/in/\(secret.hex)"
        let expires = (now + DeskAccess.linkMilliseconds) / 1_000
        if globals.isJSON {
            return console.print([
                "link": .string(link), "rights": .string(viewer ? "viewer" : "operator"),
                "expires": .string(RFC3339.text(utcSeconds: expires)),
            ])
        }
        console.say(words.linkFor.text())
        console.print(link)
    }
}
