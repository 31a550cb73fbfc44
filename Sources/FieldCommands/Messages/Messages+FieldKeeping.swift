public import CommandKit

/// What `sync-field` says of backups of a replica, and when it looks itself over.
public struct FieldKeepingMessages: MessageTopic {
    public let backupAbstract = Message(
        "field_keeping.backup_abstract",
        en: "Write a checked backup of this replica into one file.",
        zh: "把本机副本备份到一个文件，并当场检查。")
    public let withoutKeyHelp = Message(
        "field_keeping.without_key_help",
        en: "Leave the device's key out: for reading, or for another device.",
        zh: "不含本机密钥：仅供查阅，或交给另一台设备。")
    public let restoreAbstract = Message(
        "field_keeping.restore_abstract", en: "Make a replica of a backup.", zh: "从备份恢复副本。")
    public let backedUp = Message(
        "field_keeping.backed_up",
        en: "Backed up and checked: {n} {n|record|records}, {path} ({size}).",
        zh: "已备份并检查：{n} 条记录，{path}（{size}）。")
    public let secret = Message(
        "field_keeping.secret",
        en: "This device's key is in it: whoever has the file can write in its name.",
        zh: "文件内含本机密钥：持有者可以用本机的名义写入。")
    public let notSent = Message(
        "field_keeping.not_sent", en: "{n} {n|change|changes} in it have not reached the hub.",
        zh: "其中 {n} 项更改尚未送达中心。")
    public let restored = Message(
        "field_keeping.restored", en: "Restored: {n} {n|record|records} in {path}.",
        zh: "已恢复：{path} 中有 {n} 条记录。")
    public let copyHeals = Message(
        "field_keeping.copy_heals",
        en:
            "If the other device lives on, one of the two takes a new name at its next "
            + "sync. Nothing is lost.",
        zh: "若原设备仍在使用，其中一台会在下次同步时换用新名称；不会丢失任何内容。")
    public let readOnly = Message(
        "field_keeping.read_only",
        en: "There is no key in it: for reading only, until sync-field join INVITE --take-over.",
        zh: "其中没有密钥：只能查阅，直到运行 sync-field join 邀请码 --take-over。")

    // The look-over.
    public let fileMend = Message(
        "field_keeping.file_mend",
        en: "sync-field check --heal; if that does not help, restore a backup and sync.",
        zh: "运行 sync-field check --heal；若无效，请恢复备份后同步。")
    public let digest = Message(
        "field_keeping.digest", en: "What is kept beside the {n} {n|record|records} is right.",
        zh: "{n} 条记录的校验信息正确。")
    public let digestBad = Message(
        "field_keeping.digest_bad", en: "What is kept beside the records is wrong.",
        zh: "记录的校验信息有误。")
    public let digestMend = Message(
        "field_keeping.digest_mend", en: "sync-field check --heal, then sync.",
        zh: "运行 sync-field check --heal，然后同步。")
    public let clock = Message(
        "field_keeping.clock", en: "The clock agrees with the hub's.", zh: "时钟与中心一致。")
    public let clockUnknown = Message(
        "field_keeping.clock_unknown", en: "The clock was not compared with a hub's yet.",
        zh: "时钟还没有与中心比对过。")
    public let clockFast = Message(
        "field_keeping.clock_fast", en: "The clock is ahead of the hub's by {time}.",
        zh: "时钟比中心快 {time}。")
    public let clockSlow = Message(
        "field_keeping.clock_slow", en: "The clock is behind the hub's by {time}.",
        zh: "时钟比中心慢 {time}。")
    public let clockMend = Message(
        "field_keeping.clock_mend", en: "Set this device's clock right. What was saved stays.",
        zh: "请校正本机时钟；已保存的内容不受影响。")
    public let keyMissing = Message(
        "field_keeping.key_missing",
        en: "There is no key {path}: this is a copy, for reading only.",
        zh: "没有密钥 {path}：这是一份副本，只能查阅。")
    public let keyMissingMend = Message(
        "field_keeping.key_missing_mend",
        en: "Put the key back beside the replica, or sync-field join INVITE --take-over.",
        zh: "请把密钥放回副本旁边，或运行 sync-field join 邀请码 --take-over。")
    public let diskMend = Message(
        "field_keeping.disk_mend", en: "Make room on this device.", zh: "请在本机腾出空间。")
    public let hub = Message(
        "field_keeping.hub", en: "The hub answers at {url}.", zh: "中心 {url} 有应答。")
    public let hubNone = Message(
        "field_keeping.hub_none", en: "This device has not joined a hub.", zh: "本机尚未加入中心。")
    public let hubSilent = Message(
        "field_keeping.hub_silent", en: "The hub does not answer at {url}.",
        zh: "中心 {url} 没有应答。")
    public let hubMend = Message(
        "field_keeping.hub_mend", en: "Saving goes on without it. Look at the network, then sync.",
        zh: "没有网络也能继续保存。请检查网络后再同步。")
    public let pendingNone = Message(
        "field_keeping.pending_none", en: "Everything saved is on the hub.", zh: "已保存的内容都已送达。")
    public let pending = Message(
        "field_keeping.pending",
        en: "{n} {n|change waits|changes wait} to be sent, the oldest for {time}.",
        zh: "{n} 项更改待发送，最早的已等待 {time}。")
    public let syncMend = Message(
        "field_keeping.sync_mend", en: "Run: sync-field sync", zh: "运行：sync-field sync")
    public let lastSync = Message(
        "field_keeping.last_sync", en: "Last sync {time} ago.", zh: "上次同步在 {time} 前。")
    public let neverSynced = Message(
        "field_keeping.never_synced", en: "Never synced.", zh: "从未同步。")
    public let notHealing = Message(
        "field_keeping.not_healing", en: "Nothing broke, or it is healed.", zh: "历史完好，或已修复。")
    public let healing = Message(
        "field_keeping.healing", en: "A copy or a restored hub is not wholly healed yet.",
        zh: "副本或中心恢复后的修复尚未完成。")
    public let halted = Message(
        "field_keeping.halted", en: "The last sync stopped: {reason}.", zh: "上次同步已停止：{reason}。")
    public let haltedMend = Message(
        "field_keeping.halted_mend", en: "See sync-field status, and tell the hub's operator.",
        zh: "请查看 sync-field status，并告知中心管理员。")
    public let backedUpAll = Message(
        "field_keeping.backed_up_all",
        en: "All that was delivered is in the hub's verified backup.",
        zh: "已送达的内容都在中心经核验的备份中。")
    public let backedUpTo = Message(
        "field_keeping.backed_up_to",
        en: "Delivered up to position {delivered}; the hub's verified backup reaches {backed_up}.",
        zh: "已送达至位置 {delivered}；中心经核验的备份至 {backed_up}。")
    public let backedUpMend = Message(
        "field_keeping.backed_up_mend", en: "Ask the hub's operator for a backup.",
        zh: "请让中心管理员做一次备份。")
}

extension Messages {
    public static let fieldKeeping = FieldKeepingMessages()
}
