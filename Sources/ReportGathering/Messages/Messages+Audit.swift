public import CommandKit

/// What `sync-audit` says whatever the command.
public struct AuditMessages: MessageTopic {
    public let abstract = Message(
        "audit.abstract", en: "Compares replicas and proves the log. Writes nothing to them.",
        zh: "比对副本并验证日志。不会改动它们。")
    public let notAReplica = Message(
        "audit.not_a_replica", en: "{path} is not a file of FieldSync.",
        zh: "{path} 不是 FieldSync 的文件。")
    public let notAReplicaMend = Message(
        "audit.not_a_replica_mend",
        en: "Name a replica's file, a hub's data folder, a bundle or a hub's address.",
        zh: "请指定副本文件、中心的数据文件夹、捆绑包或中心的地址。")
    public let tooNew = Message(
        "audit.too_new", en: "A newer version of FieldSync wrote {path}.",
        zh: "{path} 由更新版本的 FieldSync 写入。")
    public let tooNewMend = Message(
        "audit.too_new_mend", en: "Use a sync-audit of that version or later.",
        zh: "请使用该版本或更新的 sync-audit。")
    public let unreadable = Message(
        "audit.unreadable", en: "{path} cannot be read: it is damaged, or the disk is.",
        zh: "无法读取 {path}：文件或磁盘已损坏。")
    public let unreadableMend = Message(
        "audit.unreadable_mend", en: "Take another copy of it and audit that.",
        zh: "请重新复制一份，再审计该副本。")
    public let unfinished = Message(
        "audit.unfinished",
        en: "A program was cut short while it changed {path}; what it left lies beside it.",
        zh: "有程序在改动 {path} 时中断，旁边留有它的日志文件（-journal）。")
    public let unfinishedMend = Message(
        "audit.unfinished_mend",
        en: "Open it once with its program (sync-hub status, sync-field status); audit it again.",
        zh: "请先用对应程序打开一次（sync-hub status、sync-field status），再重新审计。")
}

extension Messages {
    public static let audit = AuditMessages()
}
