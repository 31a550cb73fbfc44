/// Why a backup cannot be made or put back. Nothing is left behind.
public enum KeepingFault: Error, Sendable, Equatable {
    /// There is a file of that name; it is never written over.
    case fileExists(path: String)
    /// Another program makes a file or folder of that name just now.
    case running(path: String)
    /// The copy did not pass its check, or is damaged.
    case damaged(path: String, detail: String)
    /// A file, but no backup; or one of another kind.
    case notABackup(path: String)
    /// The hub has taken another key since the backup was made.
    case keyReplaced(path: String)
    /// The key file that is given beside the backup is not of a key that followed the backup's.
    case foreignKey(path: String)
    /// A newer version made it.
    case tooNew(path: String)
    /// The folder or file to restore into is not free.
    case used(path: String)
    /// The backup is encrypted and no passphrase was given.
    case passphraseMissing(path: String)
    case passphraseWrong(path: String)
    /// The file of the passphrase holds none.
    case passphraseEmpty(path: String)
}
