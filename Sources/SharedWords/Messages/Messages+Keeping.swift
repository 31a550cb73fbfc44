public import CommandKit

/// What is said of backups and restores, of a hub or a replica, and of followers.
public struct KeepingMessages: MessageTopic {
    // Backup.
    public let backupAbstract = Message(
        "hub_keeping.backup_abstract",
        en: "Write a verified backup of the hub, its key inside, into one file.",
        zh: "把中心（连同密钥）备份到一个文件，并当场核验。")
    public let backupFileHelp = Message(
        "hub_keeping.backup_file_help", en: "The new file. One that is there is never replaced.",
        zh: "新文件的路径；已有的文件不会被覆盖。")
    public let intoHelp = Message(
        "hub_keeping.into_help",
        en: "A folder of dated backups, in place of FILE; made if it is not there.",
        zh: "存放按日期命名备份的文件夹，代替 FILE；不存在则新建。")
    public let keepHelp = Message(
        "hub_keeping.keep_help",
        en: "With --into: keep the newest of so many days, weeks and months, and remove the rest "
            + "once the new one is verified: 7d,4w,12m.",
        zh: "与 --into 同用：保留最近若干天、周、月中各自最新的备份，新备份核验后删除其余：7d,4w,12m。")
    public let backupWhere = Message(
        "hub_keeping.backup_where", en: "Name one place for the backup.", zh: "请指定备份的一个去处。")
    public let backupWhereMend = Message(
        "hub_keeping.backup_where_mend",
        en: "Give FILE, or --into DIR and, if old ones shall go, --keep.",
        zh: "请给出 FILE，或 --into DIR；若要清理旧备份再加 --keep。")
    public let badKeepMend = Message(
        "hub_keeping.bad_keep_mend", en: "Counts of days, weeks and months: 7d,4w,12m.",
        zh: "请写天、周、月的数量：7d,4w,12m。")
    public let thinnedOut = Message(
        "hub_keeping.thinned_out", en: "{n} older {n|backup|backups} removed.",
        zh: "已删除 {n} 个旧备份。")
    public let passphraseHelp = Message(
        "hub_keeping.passphrase_help",
        en: "A file whose first line is the passphrase that encrypts the backup (age format).",
        zh: "口令文件：首行即加密备份所用的口令（age 格式）。")
    public let backedUp = Message(
        "hub_keeping.backed_up",
        en: "Backed up and verified up to position {position}: {path} ({size}).",
        zh: "已备份并核验，至位置 {position}：{path}（{size}）。")
    public let backupSecret = Message(
        "hub_keeping.backup_secret",
        en: "The hub's key is in it: whoever has this file can pose as the hub. Keep it elsewhere.",
        zh: "文件内含中心的密钥：持有者可以冒充中心。请另存他处，妥善保管。")
    public let backupEncrypted = Message(
        "hub_keeping.backup_encrypted",
        en: "It opens with the passphrase alone: keep that where the file is not.",
        zh: "只有用口令才能打开：请把口令与文件分开存放。")

    // Restore.
    public let restoreAbstract = Message(
        "hub_keeping.restore_abstract", en: "Put a hub back from a backup, into a new folder.",
        zh: "从备份恢复中心，放入新文件夹。")
    public let restoreFileHelp = Message(
        "hub_keeping.restore_file_help", en: "The backup.", zh: "备份文件。")
    public let withHelp = Message(
        "hub_keeping.with_help",
        en:
            "A follower's folder, or a bundle, that holds what came after the backup. "
            + "May be repeated.",
        zh: "备份之后的内容所在：跟随者的文件夹或数据包，可多次使用。")
    public let restoredSame = Message(
        "hub_keeping.restored_same",
        en:
            "Restored to position {position}: {n} {n|batch|batches} after the backup "
            + "came from what followed "
            + "it. Same epoch; devices will notice nothing.",
        zh: "已恢复到位置 {position}：备份之后的 {n} 个批次来自跟随者。纪元不变，各设备不受影响。")
    public let restoredNew = Message(
        "hub_keeping.restored_new",
        en:
            "Restored to position {position}, in a new epoch: each device's next sync "
            + "fills in what came "
            + "after the backup.",
        zh: "已恢复到位置 {position}，并开启新纪元：各设备下次同步时会补上备份之后的内容。")
    public let restoredNext = Message(
        "hub_keeping.restored_next",
        en: "Shut the old hub for good if it still runs, then: sync-hub serve {place}",
        zh: "如旧中心仍在运行，请先彻底停掉，然后：sync-hub serve {place}")
    public let restoredClaims = Message(
        "hub_keeping.restored_claims",
        en:
            "Revocations and points of after the backup come back as claims that you decide: "
            + "sync-hub quarantine list {place}",
        zh: "备份之后的停用和点位会作为申述回来，由你决定：sync-hub quarantine list {place}")

    // What went wrong.
    public let fileExists = Message(
        "hub_keeping.file_exists", en: "There is a file {path} already.", zh: "文件 {path} 已存在。")
    public let fileExistsMend = Message(
        "hub_keeping.file_exists_mend", en: "Choose another name: a backup replaces nothing.",
        zh: "请换一个名字：备份不会覆盖任何文件。")
    public let running = Message(
        "hub_keeping.running", en: "Another program is writing {path} just now.",
        zh: "另一个程序正在写入 {path}。")
    public let runningMend = Message(
        "hub_keeping.running_mend", en: "Wait until it has ended.", zh: "请等它结束。")
    public let damaged = Message(
        "hub_keeping.damaged", en: "{path} did not pass its check: {detail}.",
        zh: "{path} 未通过核验：{detail}。")
    public let damagedMend = Message(
        "hub_keeping.damaged_mend",
        en: "Use another backup. Where the damage is, sync-audit verify shows.",
        zh: "请使用另一个备份；损坏在哪里，可用 sync-audit verify 查看。")
    public let notABackup = Message(
        "hub_keeping.not_a_backup", en: "{path} is no backup that fits here.",
        zh: "{path} 不是适用于此处的备份。")
    public let notABackupMend = Message(
        "hub_keeping.not_a_backup_mend",
        en:
            "Give a file that this program's backup made; followers and bundles must be "
            + "of the same hub.",
        zh: "请提供由本程序 backup 命令生成的文件；跟随者和数据包须属于同一中心。")
    public let backupTooNew = Message(
        "hub_keeping.backup_too_new", en: "{path} was made by a newer version.",
        zh: "{path} 由更新的版本生成。")
    public let backupTooNewMend = Message(
        "hub_keeping.backup_too_new_mend", en: "Use that version, or a later one.",
        zh: "请使用该版本或更新的版本。")
    public let used = Message(
        "hub_keeping.used", en: "{path} is in use already.", zh: "{path} 已被占用。")
    public let usedMend = Message(
        "hub_keeping.used_mend", en: "Restore into a place that is empty or does not exist yet.",
        zh: "请恢复到空的或尚不存在的位置。")
    public let passphraseMissing = Message(
        "hub_keeping.passphrase_missing", en: "{path} is encrypted.", zh: "{path} 已加密。")
    public let passphraseMissingMend = Message(
        "hub_keeping.passphrase_missing_mend", en: "Give --passphrase-file.",
        zh: "请加上 --passphrase-file。")
    public let passphraseWrong = Message(
        "hub_keeping.passphrase_wrong", en: "The passphrase does not open {path}.",
        zh: "口令打不开 {path}。")
    public let passphraseWrongMend = Message(
        "hub_keeping.passphrase_wrong_mend",
        en: "Give the file whose first line is the passphrase that was used then.",
        zh: "请提供首行为当时所用口令的文件。")
    public let passphraseEmpty = Message(
        "hub_keeping.passphrase_empty", en: "The first line of {path} is empty.",
        zh: "{path} 的首行为空。")
    public let passphraseEmptyMend = Message(
        "hub_keeping.passphrase_empty_mend", en: "Write the passphrase into its first line.",
        zh: "请把口令写在首行。")
    public let contradiction = Message(
        "hub_keeping.contradiction",
        en: "Position {position} of the journal that was brought does not hold: {check}.",
        zh: "所提供日志的位置 {position} 不成立：{check}。")
    public let contradictionMend = Message(
        "hub_keeping.contradiction_mend",
        en: "Leave that source out, or use the backup that belongs to the same history.",
        zh: "请去掉该来源，或使用属于同一段历史的备份。")

    public let keyReplacedSince = Message(
        "hub_keeping.key_replaced_since",
        en: "{path} holds a key that the hub has replaced since.", zh: "{path} 中的密钥此后已被替换。")
    public let keyReplacedSinceMend = Message(
        "hub_keeping.key_replaced_since_mend",
        en: "Use a backup made after that, or give the newer key: --hub-key FILE.",
        zh: "请使用更换之后的备份，或给出较新的密钥：--hub-key FILE。")
    public let keyForeign = Message(
        "hub_keeping.key_foreign",
        en: "The key given is not one that the hub of {path} took.", zh: "所给密钥不是 {path} 的中心换用过的密钥。")
    public let keyForeignMend = Message(
        "hub_keeping.key_foreign_mend",
        en: "Give that hub's hub.key of after the backup, or restore without --hub-key.",
        zh: "请给出该中心备份之后的 hub.key，或不用 --hub-key 恢复。")
}

extension Messages {
    public static let keeping = KeepingMessages()
}
