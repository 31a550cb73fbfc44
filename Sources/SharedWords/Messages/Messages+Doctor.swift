public import CommandKit

/// What `doctor` says, at the hub and on a device.
public struct DoctorMessages: MessageTopic {
    public let hubAbstract = Message(
        "doctor.hub_abstract",
        en: "Look the hub over: file, log, clock, disk, key, backups, devices.",
        zh: "检查中心：文件、日志、时钟、磁盘、密钥、备份和设备。")
    public let fieldAbstract = Message(
        "doctor.field_abstract",
        en: "Look this device's replica over: file, clock, key, disk, hub, backups.",
        zh: "检查本机的本地记录库：文件、时钟、密钥、磁盘、中心和备份。")
    public let database = Message(
        "doctor.database", en: "The database answers: {place}.", zh: "数据库有应答：{place}。")
    public let databaseReadOnly = Message(
        "doctor.database_read_only", en: "The database takes no writes: {place}.",
        zh: "数据库不接受写入：{place}。")
    public let databaseMend = Message(
        "doctor.database_mend",
        en: "This is a standby. Name the primary: target_session_attrs=read-write in the address.",
        zh: "这是备用库。请指向主库：在网址中加 target_session_attrs=read-write。")
    public let file = Message("doctor.file", en: "The file is whole.", zh: "文件完整。")
    public let fileBad = Message(
        "doctor.file_bad", en: "The file is damaged: {detail}.", zh: "文件已损坏：{detail}。")
    public let restoreMend = Message(
        "doctor.restore_mend",
        en: "Stop serving, and restore: sync-hub restore BACKUP --data NEW --with FOLLOWER",
        zh: "请停止运行并恢复：sync-hub restore 备份 --data 新文件夹 --with 跟随者文件夹")
    public let journal = Message(
        "doctor.journal",
        en: "The last {n} {n|batch|batches} of the log: signatures, decisions and roots are right.",
        zh: "日志最后 {n} 个批次：签名、裁决和根均正确。")
    public let journalBad = Message(
        "doctor.journal_bad", en: "The log does not hold (position: {detail}).",
        zh: "日志在位置 {detail} 处不成立。")
    public let verifyMend = Message(
        "doctor.verify_mend", en: "See how much: sync-audit verify {path}. Then restore a backup.",
        zh: "查看范围：sync-audit verify {path}；然后从备份恢复。")
    public let digest = Message(
        "doctor.digest", en: "The records are those that the hub signed for.",
        zh: "记录与中心签名的摘要一致。")
    public let digestBad = Message(
        "doctor.digest_bad", en: "The records are not those that the hub signed for.",
        zh: "记录与中心签名的摘要不一致。")
    public let clock = Message(
        "doctor.clock", en: "The clock is not behind the last receipt.",
        zh: "时钟不早于最近一次签收。")
    public let clockBad = Message(
        "doctor.clock_bad",
        en:
            "The clock was ahead when the last receipt was given: by {time}. Until then the hub takes nothing.",
        zh: "给出最近一次签收时时钟偏快 {time}；在追上之前，中心不接收任何内容。")
    public let clockMend = Message(
        "doctor.clock_mend",
        en: "If the clock is right now: sync-hub clock reset {place} --yes",
        zh: "若现在时钟正确：sync-hub clock reset {place} --yes")
    public let deviceClocks = Message(
        "doctor.device_clocks", en: "The clock agrees with those of most devices.",
        zh: "时钟与多数设备一致。")
    public let deviceClocksUnknown = Message(
        "doctor.device_clocks_unknown", en: "Too few devices synced to compare the clock with.",
        zh: "同步过的设备太少，无法比对时钟。")
    public let deviceClocksAhead = Message(
        "doctor.device_clocks_ahead", en: "The clock was ahead of most devices' by {time}.",
        zh: "时钟比多数设备快 {time}。")
    public let deviceClocksBehind = Message(
        "doctor.device_clocks_behind", en: "The clock was behind most devices' by {time}.",
        zh: "时钟比多数设备慢 {time}。")
    public let setClockMend = Message(
        "doctor.set_clock_mend", en: "Check this machine's clock, and let it be kept by NTP.",
        zh: "请检查本机时钟，并启用网络对时（NTP）。")
    public let disk = Message(
        "doctor.disk", en: "{free} free; the data takes {data}.", zh: "剩余 {free}；数据占用 {data}。")
    public let diskMend = Message(
        "doctor.disk_mend", en: "Make room: a backup takes as much as the data.",
        zh: "请腾出空间：备份所需空间与数据相当。")
    public let key = Message(
        "doctor.key", en: "The key is there, and only its owner may read it.",
        zh: "密钥存在，且仅所有者可读。")
    public let keyMissing = Message(
        "doctor.key_missing", en: "The key {path} is missing or another's.",
        zh: "密钥 {path} 缺失或不匹配。")
    public let keyMissingMend = Message(
        "doctor.key_missing_mend", en: "Put it back from a backup.", zh: "请从备份中恢复。")
    public let keyOpen = Message(
        "doctor.key_open", en: "Others may read the key {path} (mode {mode}).",
        zh: "其他用户可以读取密钥 {path}（权限 {mode}）。")
    public let keyOpenMend = Message(
        "doctor.key_open_mend", en: "Run: chmod 600 {path}", zh: "运行：chmod 600 {path}")
    public let schema = Message(
        "doctor.schema", en: "Schema {version}, program {program}.",
        zh: "数据格式 {version}，程序版本 {program}。")
    public let schemaBad = Message(
        "doctor.schema_bad", en: "A newer version wrote the file (schema {version}).",
        zh: "文件由更新的版本写入（数据格式 {version}）。")
    public let schemaMend = Message(
        "doctor.schema_mend", en: "Use that version, or a later one.", zh: "请使用该版本或更新的版本。")
    public let backup = Message(
        "doctor.backup", en: "Last verified backup: {time} ago, {n} {n|batch|batches} since.",
        zh: "最近一次经核验的备份：{time} 前，此后新增 {n} 个批次。")
    public let backupNever = Message(
        "doctor.backup_never", en: "There is no verified backup.", zh: "还没有经核验的备份。")
    public let backupMend = Message(
        "doctor.backup_mend", en: "sync-hub backup FILE {place}, every day, to another disk.",
        zh: "请每天备份到另一块磁盘：sync-hub backup 文件 {place}")
    public let seen = Message(
        "doctor.seen", en: "Every device was here within a week.", zh: "所有设备一周内都同步过。")
    public let unseen = Message(
        "doctor.unseen", en: "Not seen for a week: {names}.", zh: "一周未出现：{names}。")
    public let unseenMend = Message(
        "doctor.unseen_mend", en: "Ask them to sync; revoke those that were lost.",
        zh: "请提醒同步；已遗失的请停用。")
    public let takes = Message(
        "doctor.takes", en: "The hub takes what devices send.", zh: "中心正常接收各设备的内容。")
    public let split = Message(
        "doctor.split",
        en: "Two hubs ran under this key: head of size {size}, epoch {epoch}. It takes nothing.",
        zh: "有两个中心共用这把密钥：日志头大小 {size}，纪元 {epoch}。本中心已停止接收。")
    public let splitMend = Message(
        "doctor.split_mend", en: "Shut the other, then: sync-hub epoch open {place} --yes",
        zh: "请停掉另一个，然后：sync-hub epoch open {place} --yes")
    public let noClaims = Message(
        "doctor.no_claims", en: "There is nothing to decide.", zh: "没有待决定的更改。")
    public let claims = Message(
        "doctor.claims", en: "{n} {n|change|changes} to decide.", zh: "有 {n} 项更改待决定。")
    public let claimsMend = Message(
        "doctor.claims_mend",
        en: "sync-hub quarantine list {place}, then accept or dismiss.",
        zh: "sync-hub quarantine list {place}，然后 accept 或 dismiss。")
}

extension Messages {
    public static let doctor = DoctorMessages()
}
