public import CommandKit
public import SyncStore

/// What the programs say of backups that cannot be made or put back.
public enum KeepingWords {
    private static let words = Messages.keeping

    public static func failure(_ fault: KeepingFault) -> CommandFailure {
        switch fault {
        case .fileExists(let path):
            .about(path, "file_exists", words.fileExists, words.fileExistsMend)
        case .running(let path):
            .about(path, "backup_running", words.running, words.runningMend, .locked)
        case .damaged(let path, let detail):
            CommandFailure(
                "backup_damaged", words.damaged.text(["path": path, "detail": detail]),
                mend: words.damagedMend.text(),
                facts: [.init("path", .string(path)), .init("detail", .string(detail))])
        case .notABackup(let path):
            .about(path, "not_a_backup", words.notABackup, words.notABackupMend)
        case .keyReplaced(let path):
            .about(
                path, "key_replaced_since", words.keyReplacedSince,
                words.keyReplacedSinceMend)
        case .foreignKey(let path):
            .about(
                path, "key_of_another_hub", words.keyForeign,
                words.keyForeignMend)
        case .tooNew(let path):
            .about(path, "backup_too_new", words.backupTooNew, words.backupTooNewMend)
        case .used(let path): .about(path, "in_use", words.used, words.usedMend)
        case .passphraseMissing(let path):
            .about(
                path, "passphrase_missing", words.passphraseMissing, words.passphraseMissingMend,
                .usage)
        case .passphraseWrong(let path):
            .about(path, "passphrase_wrong", words.passphraseWrong, words.passphraseWrongMend)
        case .passphraseEmpty(let path):
            .about(
                path, "passphrase_empty", words.passphraseEmpty, words.passphraseEmptyMend, .usage)
        }
    }
}
