public import CommandKit

/// What `sync-hub follow` says.
public struct HubFollowMessages: MessageTopic {
    public let abstract = Message(
        "hub_follow.abstract",
        en: "Keep a verified copy of another hub's log, which that hub cannot rewrite unseen.",
        zh: "跟随另一个中心，保存一份经核验、对方无法暗中改写的日志副本。")
    public let inviteHelp = Message(
        "hub_follow.invite_help", en: "An auditor's invite; only the first time.",
        zh: "审计员的邀请码；仅首次需要。")
    public let dataHelp = Message(
        "hub_follow.data_help", en: "The folder of the copy.", zh: "副本所在的文件夹。")
    public let onceHelp = Message(
        "hub_follow.once_help", en: "Catch up once and end.", zh: "追上一次就结束。")
    public let againHelp = Message(
        "hub_follow.again_help",
        en: "If the hub's history left what was followed: put that aside, and follow the new one.",
        zh: "若中心的历史已偏离此前所跟随的：把旧副本另存，改为跟随新的历史。")
    public let caughtUp = Message(
        "hub_follow.caught_up",
        en: "Verified up to position {position}: {n} new {n|batch|batches}.",
        zh: "已核验至位置 {position}：新增 {n} 个批次。")
    public let cosigned = Message(
        "hub_follow.cosigned",
        en: "Cosigned in {path}; auditors count it with `--against {path} --witness {key}`.",
        zh: "已联署：{path}；审计员用 `--against {path} --witness {key}` 计入。")
    public let notCosigned = Message(
        "hub_follow.not_cosigned",
        en:
            "Not cosigned: the hub shows no checkpoint of what was followed, or another log of this "
            + "epoch was cosigned before.",
        zh: "未联署：中心没有给出与所跟随内容一致的检查点，或本纪元内曾联署过另一份日志。")
    public let following = Message(
        "hub_follow.following", en: "Following {url}. Stop with Ctrl-C.",
        zh: "正在跟随 {url}，按 Ctrl-C 停止。")
    public let putAside = Message(
        "hub_follow.put_aside", en: "What was followed before is kept in {path}.",
        zh: "此前的副本保存在 {path}。")
    public let retryIn = Message(
        "hub_follow.retry_in", en: "Trying again in {n} s.", zh: "{n} 秒后重试。")

    // What went wrong.
    public let noInvite = Message(
        "hub_follow.no_invite", en: "{path} follows no hub yet.", zh: "{path} 还没有跟随任何中心。")
    public let noInviteMend = Message(
        "hub_follow.no_invite_mend",
        en: "On the hub: sync-hub invite --role auditor --name follower. Then give that line.",
        zh: "在中心上运行 sync-hub invite --role auditor --name follower，再把那一行交给本命令。")
    public let followsAlready = Message(
        "hub_follow.follows_already", en: "{path} follows a hub already, by another invite.",
        zh: "{path} 已用另一个邀请码跟随了中心。")
    public let followsAlreadyMend = Message(
        "hub_follow.follows_already_mend",
        en: "Leave the invite out to go on, or choose another folder.",
        zh: "去掉邀请码以继续跟随，或换一个文件夹。")
    public let folderUsed = Message(
        "hub_follow.folder_used", en: "{path} holds a hub.", zh: "{path} 里已有一个中心。")
    public let folderUsedMend = Message(
        "hub_follow.folder_used_mend", en: "Follow into a folder of its own.",
        zh: "请使用单独的文件夹来跟随。")
    public let notAuditor = Message(
        "hub_follow.not_auditor", en: "The invite is for the role {role}: it may not read the log.",
        zh: "该邀请码的角色是 {role}，无权读取日志。")
    public let notAuditorMend = Message(
        "hub_follow.not_auditor_mend",
        en: "Revoke that device on the hub, and make an invite with --role auditor.",
        zh: "请在中心上停用那台设备，再用 --role auditor 生成邀请码。")
    public let left = Message(
        "hub_follow.left",
        en:
            "The hub's log is not the one that was followed. Held: size {held_size}, root {held_root}, epoch "
            + "{held_epoch}. Shown: size {shown_size}, root {shown_root}, epoch {shown_epoch}. "
            + "Both are signed by the hub and kept in {path}.",
        zh:
            "中心的日志与此前跟随的不是同一份。此前：大小 {held_size}，根 {held_root}，纪元 {held_epoch}；"
            + "现在：大小 {shown_size}，根 {shown_root}，纪元 {shown_epoch}。两者都有中心签名，已保存在 {path}。")
    public let rewrittenMend = Message(
        "hub_follow.rewritten_mend",
        en:
            "Its log was rewritten, or its disk was put back and written on: ask its operator. Your copy stays as it "
            + "was and may be what the hub is to be restored from (sync-hub restore --with). "
            + "To follow the new log: --again.",
        zh:
            "日志被改写，或磁盘被退回旧状态后又继续写入：请询问中心的管理员。你的副本保持原样，可用来恢复中心"
            + "（sync-hub restore --with）。若要跟随新的日志，请加 --again。")
    public let putBackMend = Message(
        "hub_follow.put_back_mend",
        en:
            "The hub says that it was put back to position {common}. Your copy stays as it was and may hold what "
            + "was lost (sync-hub restore --with). To follow the new history: --again.",
        zh:
            "中心表明它曾退回到位置 {common}。你的副本保持原样，可能留有丢失的内容"
            + "（sync-hub restore --with）。若要跟随新的历史，请加 --again。")
    public let contradiction = Message(
        "hub_follow.contradiction",
        en:
            "Position {position} of the hub's log does not hold: {check}. Held: {held}. Shown: {shown}.",
        zh: "中心日志的位置 {position} 不成立：{check}。此前：{held}；现在：{shown}。")
    public let contradictionMend = Message(
        "hub_follow.contradiction_mend",
        en:
            "Nothing of it was taken. Ask the hub's operator, and keep this folder: it holds the evidence.",
        zh: "未采纳其中任何内容。请询问中心的管理员，并保留本文件夹作为证据。")
    public let isFollower = Message(
        "hub_follow.is_follower", en: "{path} follows another hub: it is no hub itself.",
        zh: "{path} 是另一个中心的副本，本身不是中心。")
    public let isFollowerMend = Message(
        "hub_follow.is_follower_mend",
        en: "To serve from it: sync-hub restore BACKUP --data NEW --with {path}",
        zh: "若要由它恢复中心：sync-hub restore 备份 --data 新文件夹 --with {path}")
    public let refused = Message(
        "hub_follow.refused", en: "The hub does not let this follower read its log ({code}).",
        zh: "中心不允许本跟随者读取日志（{code}）。")
}

extension Messages {
    public static let hubFollow = HubFollowMessages()
}
