import CommandKit
import HubConfiguration
import HubKeeping
import NIOSSL
import PostgresStore
import ReportGathering
import SharedWords
import SyncClient
import SyncHub
import SyncProtocol
import SyncStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The one place where an error becomes the operator's words and an exit code.
enum HubFailures {
    private static let words = Messages.hub

    /// Nil for an error that the shared reporter knows.
    static func words(for error: any Error) -> CommandFailure? {
        switch error {
        case let fault as HubFolderFault: folder(fault)
        case let error as StoreError: store(error)
        case let fault as ConfigurationFault: ConfigurationWords.failure(fault)
        case let fault as ClaimFault: claim(fault)
        case let fault as FollowerFault: FollowerWords.failure(fault)
        case let fault as TransportFault: FollowerWords.failure(fault)
        case let answer as ForeignAnswer: FollowerWords.failure(answer)
        case let fault as KeepingFault: KeepingWords.failure(fault)
        case let fault as JournalContradiction: ContradictionWords.failure(fault)
        case let fault as BundleFileFault: BundleWords.failure(fault)
        case let fault as StoreMoveFault: move(fault)
        #if PostgreSQL
            case let fault as SpaceFault: space(fault)
        #endif
        case let fault as BundleIntakeFault: HubBundleWords.failure(fault)
        case let error as WireError where FollowerWords.isShutOut(error):
            FollowerWords.failure(error)
        case let error as WireError:
            CommandFailure(
                "refused", error.message, mend: error.mend, status: .failed,
                facts: [JSONOutput.Member("code", .string(error.code.rawValue))])
        case is NIOSSLError, is BoringSSLError:
            CommandFailure(
                "bad_certificate", words.badCertificate.text(),
                mend: words.badCertificateMend.text(), cause: error)
        default: nil
        }
    }

    private static func folder(_ fault: HubFolderFault) -> CommandFailure {
        switch fault {
        case .exists(let path):
            CommandFailure(
                "exists", words.exists.text(["path": path]), mend: words.existsMend.text())
        case .missing(let path):
            CommandFailure(
                "no_hub", words.missing.text(["path": path]),
                mend: words.missingMend.text(["path": path]), status: .noReplica)
        case .follower(let path):
            CommandFailure(
                "is_follower", Messages.hubFollow.isFollower.text(["path": path]),
                mend: Messages.hubFollow.isFollowerMend.text(["path": path]),
                facts: [.init("path", .string(path))])
        case .moved(let path, let place):
            CommandFailure(
                "moved", Messages.hubSpaces.hasMoved.text(["path": path, "to": place]),
                mend: Messages.hubSpaces.hasMovedMend.text(["to": place]),
                facts: [.init("path", .string(path)), .init("to", .string(place))])
        case .arriving(let path):
            CommandFailure(
                "arriving", Messages.hubSpaces.arriving.text(["path": path]),
                mend: Messages.hubSpaces.arrivingMend.text(),
                facts: [.init("path", .string(path))])
        case .keyMissing(let path), .keyDamaged(let path):
            CommandFailure(
                "key_missing", words.keyMissing.text(["path": path]),
                mend: words.keyMissingMend.text())
        }
    }

    #if PostgreSQL
        private static func space(_ fault: SpaceFault) -> CommandFailure {
            let words = Messages.hubSpaces
            let (code, message, mend, name): (CommandFailure.Code, Message, Message, String) =
                switch fault {
                case .badName(let name): ("bad_name", words.badName, words.badNameMend, name)
                case .exists(let name): ("exists", words.exists, words.existsMend, name)
                case .missing(let name): ("no_space", words.missing, words.missingMend, name)
                case .retired(let name): ("retired", words.isRetired, words.isRetiredMend, name)
                case .twice(let name): ("twice", words.twice, words.twiceMend, name)
                case .tooNew(let name): ("too_new", words.tooNew, words.tooNewMend, name)
                case .wrongMasterKey(let name):
                    ("wrong_master", words.wrongMaster, words.wrongMasterMend, name)
                }
            return CommandFailure(
                code, message.text(["name": name]), mend: mend.text(["name": name]),
                status: code == "bad_name" ? .usage : code == "no_space" ? .noReplica : .failed,
                facts: [.init("space", .string(name))], cause: fault)
        }
    #endif

    private static func move(_ fault: StoreMoveFault) -> CommandFailure {
        let words = Messages.hubSpaces
        return switch fault {
        case .movedBefore(let place):
            CommandFailure(
                "moved", words.hasMoved.text(["path": "", "to": place]),
                mend: words.hasMovedMend.text(["to": place]))
        case .targetUsed(let path):
            CommandFailure(
                "exists", words.targetUsed.text(["path": path]), mend: words.targetUsedMend.text())
        case .sourceWentOn:
            CommandFailure(
                "source_went_on", words.wentOn.text(), mend: words.wentOnMend.text(),
                status: .temporary)
        case .differs(let table):
            CommandFailure(
                "move_differs", words.moveDiffers.text(["table": table]),
                mend: words.moveDiffersMend.text())
        }
    }

    private static func claim(_ fault: ClaimFault) -> CommandFailure {
        let words = Messages.hubHealing
        return switch fault {
        case .unknown(let id):
            CommandFailure(
                "no_claim", words.unknownClaim.text(["id": id]),
                mend: words.unknownClaimMend.text(), status: .usage)
        case .notWritable(let id, let collection):
            CommandFailure(
                "not_writable", words.notWritable.text(["id": id, "collection": collection]),
                mend: words.notWritableMend.text(["id": id]))
        }
    }

    private static func store(_ error: StoreError) -> CommandFailure {
        switch error.kind {
        case .locked where error.path.contains("://"):
            CommandFailure(
                "database_away", Messages.hubSpaces.away.text(["detail": error.detail]),
                mend: Messages.hubSpaces.awayMend.text(), status: .temporary, cause: error)
        case .locked: .fileLocked(path: error.path, cause: error)
        case .readOnly: .readOnly(path: error.path, cause: error)
        case .diskFull: .diskFull(path: error.path, cause: error)
        case .tooNew:
            CommandFailure(
                "too_new", Messages.audit.tooNew.text(["path": error.path]),
                mend: Messages.failures.tooNewMend.text(), cause: error)
        default:
            CommandFailure(
                "store_failed",
                words.storeFailed.text(["path": error.path, "kind": error.kind.rawValue]),
                mend: words.storeFailedMend.text(), cause: error)
        }
    }

    static func portTaken(_ address: String, cause: any Error) -> CommandFailure {
        CommandFailure(
            "port_taken", words.portTaken.text(["address": address]),
            mend: words.portTakenMend.text(), cause: cause)
    }
}
