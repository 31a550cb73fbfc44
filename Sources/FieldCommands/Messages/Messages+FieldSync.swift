public import CommandKit

/// What `sync-field sync` and `status` say.
public struct FieldSyncMessages: MessageTopic {
    public let progressPulling = Message(
        "field_sync.progress_pulling", en: "Receiving", zh: "接收")
    public let progressPushing = Message("field_sync.progress_pushing", en: "Sending", zh: "发送")

    // The result.
    public let pushed = Message(
        "field_sync.pushed",
        en: "Sent {n} {n|change|changes}; the hub has signed for {n|it|them}.",
        zh: "已发送 {n} 处改动，中心已签收。")
    public let pulled = Message(
        "field_sync.pulled",
        en: "Received {n} {n|record|records}.", zh: "收到 {n} 条记录。")
    public let nothingNew = Message(
        "field_sync.nothing_new", en: "Nothing new on either side.", zh: "两边都没有新内容。")
    public let equal = Message(
        "field_sync.equal",
        en: "Compared: this device and the hub hold the same (position {position}).",
        zh: "已核对：本机与中心内容一致（位置 {position}）。")
    public let notCompared = Message(
        "field_sync.not_compared",
        en: "Not compared: something was saved meanwhile (position {position}).",
        zh: "未核对：期间又有新的保存（位置 {position}）。")
    public let waiting = Message(
        "field_sync.waiting",
        en: "{n} {n|change waits|changes wait} to be sent to {url}.",
        zh: "有 {n} 处改动等待发送到 {url}。")
    public let notJoinedYet = Message(
        "field_sync.not_joined_yet",
        en: "{n} {n|change is|changes are} saved here; no hub is joined yet.",
        zh: "有 {n} 处改动保存在本机，尚未加入中心。")

    // Notices.
    public let conflicts = Message(
        "field_sync.conflicts",
        en: "{n} {n|value differs|values differ} from what another device wrote. "
            + "See: sync-field conflict list",
        zh: "有 {n} 处与其他设备写的不同。查看：sync-field conflict list")
    public let suspect = Message(
        "field_sync.suspect",
        en: "The hub did not believe this device's clock for {n} {n|change|changes}. "
            + "Please set the clock.",
        zh: "有 {n} 处改动的时间中心不采信。请校准本机时钟。")
    public let quarantined = Message(
        "field_sync.quarantined",
        en: "{n} {n|change was|changes were} put into quarantine: this device's role may not "
            + "make {n|it|them}. Ask the operator.",
        zh: "有 {n} 处改动被隔离：本机的角色不能做这样的修改。请联系管理员。")
    public let setAside = Message(
        "field_sync.set_aside",
        en:
            "The hub refused {n} {n|change|changes}; kept aside on this device. See: sync-field why ID",
        zh: "中心拒收 {n} 处改动，已单独存放在本机。查看：sync-field why 编号")
    public let different = Message(
        "field_sync.different",
        en: "This device and the hub do not hold the same, though all was exchanged. Nothing "
            + "is lost. Sync again; if it stays, tell the operator.",
        zh: "交换完毕，但本机与中心的内容不一致。没有丢失任何内容。请再同步一次；若仍如此，请告知管理员。")
    public let healed = Message(
        "field_sync.healed",
        en:
            "{n} {n|record|records} on this device {n|was|were} not as the hub has {n|it|them}, and "
            + "{n|was|were} put right; what was here before is kept in this file for the auditor.",
        zh: "本机有 {n} 条记录与中心不一致，已改正；原来的内容保留在本记录库中，供审计人员查看。")
    public let copyGoesOn = Message(
        "field_sync.copy_goes_on",
        en: "This file was copied: this copy goes on as '{name}'.",
        zh: "这个文件被复制过：这一份今后叫“{name}”。")
    public let hubKeyReplaced = Message(
        "field_sync.hub_key_replaced",
        en: "The hub signs with a new key (since position {position}); the one before it "
            + "vouched for it. Nothing is to be done.",
        zh: "中心启用了新密钥（自位置 {position} 起），旧密钥已为其作证。无需任何操作。")
    public let hubMoved = Message(
        "field_sync.hub_moved", en: "The hub has moved: this device finds it at {url} now.",
        zh: "中心已迁移：本机现在通过 {url} 连接。")
    public let hubPutBack = Message(
        "field_sync.hub_put_back",
        en: "The hub was put back to an older state (position {held} of {lost}): your "
            + "{sent} {sent|record was|records were} sent again, {handed} of others "
            + "{handed|was|were} handed back.",
        zh: "中心退回到了较旧的状态（位置 {held}，原为 {lost}）："
            + "已重新发送你的 {sent} 条，并交还别人的 {handed} 条。")
    public let contradicted = Message(
        "field_sync.contradicted",
        en: "The hub's records do not match the digest that the hub itself signed.",
        zh: "中心的记录与它自己签名的摘要不符。")
    public let contradictedMend = Message(
        "field_sync.contradicted_mend",
        en: "Nothing of that was taken over, and what you saved stays saved; go on saving. Ask the "
            + "operator to run: sync-audit verify on the hub's data folder.",
        zh: "没有采用这些内容，已保存的也不会丢失，可以继续登记。请让管理员对中心的数据目录运行：sync-audit verify")
    public let clockOff = Message(
        "field_sync.clock_off",
        en: "This device's clock is {difference}. Please set it.",
        zh: "本机时钟{difference}，请校准。")

    // Watching.
    public let watching = Message(
        "field_sync.watching",
        en: "Syncing every {every} until Ctrl-C.", zh: "每 {every} 同步一次，按 Ctrl-C 结束。")
    public let retryIn = Message(
        "field_sync.retry_in", en: "Trying again in {n} s.", zh: "{n} 秒后再试。")
    public let atTime = Message("field_sync.at_time", en: "{time}  {text}", zh: "{time}  {text}")

    // Why a sync stopped for good.
    public let copied = Message(
        "field_sync.copied",
        en: "A copy of this replica has written under the same key, and the hub is of a release "
            + "that cannot part the two.",
        zh: "有一份本记录库的副本用同一把密钥写过内容，而中心的版本较旧，还不能把两份分开。")
    public let hubRestored = Message(
        "field_sync.hub_restored",
        en:
            "The hub goes on from an older copy than this device has seen, and is of a release that "
            + "cannot take back what it lost.",
        zh: "中心是从较旧的备份恢复的，比本机见过的还旧；而且它的版本较旧，还不能收回丢失的内容。")
    public let olderHubMend = Message(
        "field_sync.older_hub_mend",
        en:
            "What you saved stays saved; go on saving. Ask the operator to update the hub; the next "
            + "sync then puts it right.",
        zh: "已保存的内容不会丢失，可以继续登记。请管理员更新中心，之后再同步一次就会自动恢复。")
    public let logRewritten = Message(
        "field_sync.log_rewritten",
        en: "The hub shows another history than the one that it signed before.",
        zh: "中心给出的历史与它以前签名的不一致。")
    public let logRewrittenMend = Message(
        "field_sync.log_rewritten_mend",
        en: "Nothing was taken from it, and what you saved stays saved: go on saving. Tell the "
            + "operator, and do not delete this replica: it is evidence. The auditor runs: "
            + "sync-audit verify HUB --against THIS_REPLICA",
        zh: "没有接收它的内容，已保存的也不会丢失，可以继续登记。请告知管理员，不要删除本记录库，它是证据。"
            + "审计人员请运行：sync-audit verify 中心 --against 本记录库")
    public let contended = Message(
        "field_sync.contended",
        en: "Other programs keep syncing this same replica.",
        zh: "有其他程序一直在同步这个记录库。")
    public let contendedMend = Message(
        "field_sync.contended_mend",
        en: "Everything is saved here. Let them finish, then sync again.",
        zh: "所有内容都已保存在本机。请等它们结束，再同步一次。")

    // Checking the file.
    public let checkHelp = Message(
        "field_sync.check_help",
        en: "Check this device's file: its structure, and its digest against its records.",
        zh: "检查本机的记录库：文件结构，以及摘要与记录是否相符。")
    public let healHelp = Message(
        "field_sync.heal_help",
        en: "Put a wrong digest right, so that the next sync finds and mends what differs.",
        zh: "改正有误的摘要，下次同步会找出并改正不一致的记录。")
    public let checkOK = Message(
        "field_sync.check_ok",
        en: "In order: {n} {n|record|records}, digest {digest}",
        zh: "正常：{n} 条记录，摘要 {digest}")
    public let checkDigest = Message(
        "field_sync.check_digest",
        en: "The digest or the counts in the file are not those of its records: something other "
            + "than these programs has changed the file.",
        zh: "文件中的摘要或计数与记录不符：有其他程序改动过这个文件。")
    public let checkDamaged = Message(
        "field_sync.check_damaged",
        en: "{n} {n|record|records} in the file cannot be read.",
        zh: "文件中有 {n} 条记录无法读取。")
    public let checkFile = Message(
        "field_sync.check_file",
        en: "SQLite finds the file damaged: {detail}", zh: "SQLite 发现文件已损坏：{detail}")
    public let checkFileMend = Message(
        "field_sync.check_file_mend",
        en: "Copy the file to safety first. Sync, if that still works; then make a new replica and "
            + "join the hub with a new invite.",
        zh: "请先把文件复制到安全的地方。如还能同步，请先同步；再新建记录库，用新的邀请码加入中心。")
    public let checkMend = Message(
        "field_sync.check_mend",
        en: "Mend it: sync-field check --heal, then sync-field sync",
        zh: "改正方法：先 sync-field check --heal，再 sync-field sync")
    public let checkHealed = Message(
        "field_sync.check_healed",
        en: "Put right. What could not be read is kept in this file for the auditor. Now run: "
            + "sync-field sync",
        zh: "已改正。无法读取的内容保留在本记录库中，供审计人员查看。现在请运行：sync-field sync")

    // Status.
    public let device = Message("field_sync.device", en: "Device", zh: "设备")
    public let file = Message("field_sync.file", en: "File", zh: "文件")
    public let hub = Message("field_sync.hub", en: "Hub", zh: "中心")
    public let hubAt = Message(
        "field_sync.hub_at", en: "{url}, position {position}", zh: "{url}，位置 {position}")
    public let noHub = Message("field_sync.no_hub", en: "none joined", zh: "尚未加入")
    public let records = Message("field_sync.records", en: "Records", zh: "记录")
    public let pending = Message("field_sync.pending", en: "Waiting to be sent", zh: "等待发送")
    public let delivered = Message("field_sync.delivered", en: "On the hub", zh: "已送达")
    public let backedUp = Message("field_sync.backed_up", en: "Backed up", zh: "已备份")
    public let upTo = Message(
        "field_sync.up_to", en: "up to position {position}", zh: "到位置 {position}")
    public let nothingYet = Message("field_sync.nothing_yet", en: "nothing yet", zh: "暂无")
    public let openConflicts = Message(
        "field_sync.open_conflicts", en: "Open conflicts", zh: "未处理冲突")
    public let inQuarantine = Message("field_sync.in_quarantine", en: "In quarantine", zh: "被隔离")
    public let held = Message("field_sync.held", en: "Kept aside", zh: "单独存放")
    public let formerly = Message("field_sync.formerly", en: "Formerly", zh: "曾用标识")
    public let again = Message("field_sync.again", en: "To be sent again", zh: "等待重新发送")
    public let batches = Message(
        "field_sync.batches", en: "{n} {n|batch|batches}, which the hub lost",
        zh: "{n} 个批次（中心丢失了）")
    public let healing = Message(
        "field_sync.healing",
        en: "A copy or a hub that was put back is being put right; the next sync goes on with it.",
        zh: "正在恢复（文件被复制过，或中心退回过旧状态）；下次同步会继续。")
    public let clock = Message("field_sync.clock", en: "Clock", zh: "时钟")
    public let clockRight = Message(
        "field_sync.clock_right", en: "agrees with the hub", zh: "与中心一致")
    public let lastSync = Message("field_sync.last_sync", en: "Last sync", zh: "上次同步")
    public let never = Message("field_sync.never", en: "never", zh: "从未")
    public let next = Message("field_sync.next", en: "Next: {step}", zh: "下一步：{step}")
    public let noKey = Message(
        "field_sync.no_key",
        en: "The key file is missing: this copy can be read but not written.",
        zh: "缺少密钥文件：这份副本只能看，不能写。")
}

extension Messages {
    public static let fieldSync = FieldSyncMessages()
}
