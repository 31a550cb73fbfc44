import ArgumentParser
import CommandKit
import NIOSSL
import SyncCore
import SyncHub
import SyncStore

/// `sync-hub address show|announce|withdraw`: where devices find the hub.
struct AddressCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "address", abstract: Messages.hubMoving.addressAbstract.text(),
            subcommands: [
                AddressShowCommand.self, AddressAnnounceCommand.self, AddressWithdrawCommand.self,
            ])
    }
}

struct AddressShowCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Messages.hubMoving.addressShow.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let announced = try store.announcedAddress()
        let url = try store.inviteAddress()
        let devices = try store.devices().filter { !$0.device.isRevoked }
        let mark = announced.map { HubMark.text($0.url, $0.tls) }
        let there = devices.filter { $0.visit.url == mark }
        let missing = devices.filter { $0.visit.url != mark }
        let console = Console.current
        if globals.isJSON {
            return console.print([
                "url": .string(url), "announced": JSONOutput(announced?.url),
                "tls": JSONOutput(announced?.tls?.hex),
                "moved": .array(announced == nil ? [] : there.map { .string($0.device.id.hex) }),
                "not_moved": .array(
                    announced == nil ? [] : missing.map { .string($0.device.id.hex) }),
            ])
        }
        let words = Messages.hubMoving
        console.print(words.servedAt.text(["url": url]))
        guard let announced else { return }
        console.print(words.announcedAt.text(["url": announced.url]))
        if let tls = announced.tls { console.print(words.announcedPin.text(["pin": tls.hex])) }
        console.print(
            words.movedThere.text(["n": there.count, "of": devices.count]))
        for one in missing { console.print("  \(one.device.name)") }
    }
}

struct AddressAnnounceCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "announce", abstract: Messages.hubMoving.announce.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hubMoving.urlHelp.text(), valueName: "url"))
    var url: String
    @Option(help: ArgumentHelp(Messages.hubMoving.certificateHelp.text(), valueName: "file"))
    var tlsCert: String?
    @Flag(help: ArgumentHelp(Messages.hubMoving.publicHelp.text()))
    var publicCertificate = false
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let words = Messages.hubMoving
        let url = try HubURL.checked(url)
        let isTLS = url.hasPrefix("https://")
        // Devices never go from https to http, and a pin that is left out is a choice.
        guard isTLS ? (tlsCert != nil) != publicCertificate : tlsCert == nil && !publicCertificate
        else {
            throw CommandFailure(
                "which_certificate", words.whichCertificate.text(),
                mend: words.whichCertificateMend.text(), status: .usage)
        }
        let pin = try tlsCert.map { try CertificatePin.read($0) }
        let store = try data.open()
        let present = try store.inviteAddress()
        guard isTLS || !present.hasPrefix("https://") else {
            throw CommandFailure(
                "less_secure", words.lessSecure.text(), mend: words.lessSecureMend.text(),
                status: .usage)
        }
        try store.announce(url: url, tls: pin)
        let console = Console.current
        if globals.isJSON {
            return console.print(["announced": .string(url), "tls": JSONOutput(pin?.hex)])
        }
        console.print(words.announced.text(["url": url]))
        console.say(words.announcedNext.text(["place": data.place]))
    }
}

struct AddressWithdrawCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "withdraw", abstract: Messages.hubMoving.withdraw.text())
    }

    @OptionGroup var data: HubDataOptions
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let before = try store.announcedAddress()
        if before != nil { try store.announce(url: nil, tls: nil) }
        let console = Console.current
        if globals.isJSON { return console.print(["withdrawn": JSONOutput(before?.url)]) }
        let words = Messages.hubMoving
        console.print(
            before.map { words.withdrawn.text(["url": $0.url]) } ?? words.noneAnnounced.text())
    }
}

/// What devices pin a certificate by.
enum CertificatePin {
    /// SHA-256 of the SubjectPublicKeyInfo of the first certificate in a PEM file.
    static func read(_ path: String) throws -> Hash256 {
        guard FilePresence.isFile(path) else { throw CommandFailure.fileNotFound(path: path) }
        guard let leaf = try NIOSSLCertificate.fromPEMFile(path).first else {
            throw NIOSSLError.failedToLoadCertificate
        }
        return .sha256(try leaf.extractPublicKey().toSPKIBytes())
    }
}
