public import CommandKit

/// What can go wrong in `sync-field` and, with a replica, a hub or an invite, in the others: for each,
/// a sentence, and one that says the mend.
public struct FailureMessages: MessageTopic {
    // The replica.
    public let replicaExists = Message(
        "field_errors.replica_exists",
        en: "There is a replica already: {path}", zh: "已有本地记录库：{path}")
    public let replicaExistsMend = Message(
        "field_errors.replica_exists_mend",
        en: "Go on with it ('sync-field status'), or name another file with --replica.",
        zh: "直接使用即可（sync-field status），或用 --replica 指定另一个文件。")
    public let keyExists = Message(
        "field_errors.key_exists",
        en: "There is a key but no replica beside it: {path}", zh: "有密钥文件，却没有对应的记录库：{path}")
    public let keyExistsMend = Message(
        "field_errors.key_exists_mend",
        en: "Bring the replica back, or move the key away and start anew.",
        zh: "请找回记录库，或把密钥移走后重新建立。")
    public let keyMissing = Message(
        "field_errors.key_missing",
        en: "The key file is missing, so this copy can only be read: {path}",
        zh: "缺少密钥文件，这份副本只能查看：{path}")
    public let keyMissingMend = Message(
        "field_errors.key_missing_mend",
        en: "Bring the key back; or ask the operator for an invite and go on under a new key: "
            + "sync-field join INVITE --take-over",
        zh: "请找回密钥文件；或向管理员要邀请码，换一把新密钥继续：sync-field join 邀请码 --take-over")
    public let personalName = Message(
        "field_errors.personal_name",
        en: "The name holds what looks like a mobile number or a citizen id, and everybody would "
            + "see it.",
        zh: "称呼里像是有手机号或身份证号，而所有人都会看到它。")
    public let personalNameMend = Message(
        "field_errors.personal_name_mend",
        en: "Name the role: --name \"red armbands 2\"", zh: "请写岗位：--name 红袖标二队")
    public let keyPresent = Message(
        "field_errors.key_present",
        en: "This replica has its key, and needs no other: {path}",
        zh: "这个记录库有自己的密钥，不需要另一把：{path}")
    public let keyPresentMend = Message(
        "field_errors.key_present_mend",
        en: "Leave --take-over out. A copy with its key goes on by itself: sync-field sync",
        zh: "请去掉 --take-over。带密钥的副本会自己继续：sync-field sync")
    public let wrongKey = Message(
        "field_errors.wrong_key",
        en: "This key belongs to another replica: {path}", zh: "这个密钥属于另一个记录库：{path}")
    public let wrongKeyMend = Message(
        "field_errors.wrong_key_mend",
        en: "Put back the key that was made with this replica.", zh: "请放回与此记录库一同建立的密钥。")
    public let notJoined = Message(
        "field_errors.not_joined",
        en: "This device has not joined a hub yet. Everything is saved here.",
        zh: "本机尚未加入中心。所有内容都已保存在本机。")
    public let notJoinedMend = Message(
        "field_errors.not_joined_mend",
        en: "Ask the operator for an invite, then: sync-field join INVITE",
        zh: "请向管理员要邀请码，然后运行：sync-field join 邀请码")
    public let joinedElsewhere = Message(
        "field_errors.joined_elsewhere",
        en: "This device belongs to another hub or space already.", zh: "本机已加入另一个中心或空间。")
    public let joinedElsewhereMend = Message(
        "field_errors.joined_elsewhere_mend",
        en: "Make a replica for this hub: sync-field init --replica FILE",
        zh: "请为这个中心另建记录库：sync-field init --replica 文件")
    public let recordMissing = Message(
        "field_errors.record_missing",
        en: "No record in '{collection}' begins with {id}", zh: "“{collection}”里没有以 {id} 开头的记录")
    public let recordMissingAnywhere = Message(
        "field_errors.record_missing_anywhere",
        en: "No record begins with {id}", zh: "没有以 {id} 开头的记录")
    public let recordMissingMend = Message(
        "field_errors.record_missing_mend",
        en: "Look it up in the list; deleted ones are under --deleted.",
        zh: "请在列表里查找；已删除的用 --deleted 查看。")
    public let recordAmbiguous = Message(
        "field_errors.record_ambiguous",
        en: "{n} records begin with {id}", zh: "有 {n} 条记录以 {id} 开头")
    public let recordAmbiguousMend = Message(
        "field_errors.record_ambiguous_mend",
        en: "Write more of its digits; --json shows them all.", zh: "请多写几位；加 --json 可看到全部。")
    public let conflictMissing = Message(
        "field_errors.conflict_missing",
        en: "No conflict begins with {id}", zh: "没有以 {id} 开头的冲突")
    public let conflictMissingMend = Message(
        "field_errors.conflict_missing_mend",
        en: "See: sync-field conflict list --all", zh: "查看：sync-field conflict list --all")

    // Saving.
    public let saveRefused = Message(
        "field_errors.save_refused",
        en: "This cannot be saved: {reason}", zh: "无法保存：{reason}")
    public let saveRefusedMend = Message(
        "field_errors.save_refused_mend",
        en: "Nothing was saved. Shorten or correct it and try again.", zh: "没有保存任何内容。请缩短或更正后再试。")
    public let problems = Message(
        "field_errors.problems",
        en: "Nothing was saved; {n} things are to be put right:", zh: "没有保存；有 {n} 处需要更正：")
    public let problemsMend = Message(
        "field_errors.problems_mend",
        en: "Correct them and run it again.", zh: "更正后再运行一次。")

    // Files.
    public let corrupt = Message(
        "field_errors.corrupt",
        en: "The replica is damaged: {path}", zh: "记录库已损坏：{path}")
    public let corruptMend = Message(
        "field_errors.corrupt_mend",
        en: "Copy it and its .key file to another disk first. Then make a new replica, join and "
            + "sync: the hub has all that was sent.",
        zh: "请先把它和 .key 文件复制到别的磁盘。再新建记录库、加入并同步：发送过的内容中心都有。")
    public let notAReplica = Message(
        "field_errors.not_a_replica",
        en: "This file is not a replica of FieldSync: {path}", zh: "这不是 FieldSync 的记录库：{path}")
    public let notAReplicaMend = Message(
        "field_errors.not_a_replica_mend",
        en: "Name yours with --replica.", zh: "请用 --replica 指定你的记录库。")
    public let cannotOpen = Message(
        "field_errors.cannot_open",
        en: "This cannot be opened: {path}", zh: "无法打开：{path}")
    public let cannotOpenMend = Message(
        "field_errors.cannot_open_mend",
        en: "Check that the folder is there and that you may write to it.",
        zh: "请检查文件夹是否存在、是否可写。")
    public let tooNew = Message(
        "field_errors.too_new",
        en: "A newer version of FieldSync wrote this file: {path}",
        zh: "此文件由更新版本的 FieldSync 写成：{path}")
    public let onlyRead = Message(
        "field_errors.only_read",
        en: "A newer version of FieldSync wrote {path}: it is only read. To save or sync, update "
            + "this program.",
        zh: "{path} 由更新版本的 FieldSync 写成，只能读取。要保存或同步，请更新本程序。")
    public let tooNewMend = Message(
        "field_errors.too_new_mend", en: "Update this program.", zh: "请更新本程序。")

    // Joining.
    public let notAnInvite = Message(
        "field_errors.not_an_invite",
        en: "This is not an invite.", zh: "这不是邀请码。")
    public let notAnInviteMend = Message(
        "field_errors.not_an_invite_mend",
        en: "Invites begin with fsi1_ ; copy the whole line that the operator sent.",
        zh: "邀请码以 fsi1_ 开头，请把管理员发来的整行复制过来。")
    public let inviteDamaged = Message(
        "field_errors.invite_damaged",
        en: "The invite was cut short or mistyped.", zh: "邀请码不完整，或有打错的字。")
    public let inviteDamagedMend = Message(
        "field_errors.invite_damaged_mend",
        en: "Copy the whole line again.", zh: "请重新复制整行。")
    public let insecureHub = Message(
        "field_errors.insecure_hub",
        en: "The way to {url} is not encrypted.", zh: "到 {url} 的连接没有加密。")
    public let insecureHubMend = Message(
        "field_errors.insecure_hub_mend",
        en: "Ask the operator for an https invite; on a network you trust, add --insecure-http.",
        zh: "请向管理员要 https 的邀请码；如果网络可信，可加 --insecure-http。")
    public let inviteUnknown = Message(
        "field_errors.invite_unknown",
        en: "The hub does not know this invite.", zh: "中心不认识这个邀请码。")
    public let inviteExpired = Message(
        "field_errors.invite_expired", en: "This invite has expired.", zh: "邀请码已过期。")
    public let inviteUsed = Message(
        "field_errors.invite_used",
        en: "Another device has used this invite.", zh: "邀请码已被另一台设备使用。")
    public let newInviteMend = Message(
        "field_errors.new_invite_mend",
        en: "Ask the operator for a new one. What you saved stays saved.",
        zh: "请向管理员要一个新的。已保存的内容不会丢失。")
    public let badAddress = Message(
        "field_errors.bad_address",
        en: "This is not the address of a hub: {url}", zh: "这不是中心的地址：{url}")
    public let badAddressMend = Message(
        "field_errors.bad_address_mend",
        en: "It must be like https://host:port; ask the operator for a new invite.",
        zh: "应类似 https://主机:端口；请向管理员要新的邀请码。")

    // The network.
    public let timeout = Message(
        "field_errors.timeout",
        en: "The hub did not answer in time: {url}", zh: "中心没有及时回应：{url}")
    public let tryAgainMend = Message(
        "field_errors.try_again_mend",
        en: "Everything is saved here, nothing is lost. Try again later.",
        zh: "所有内容都已保存在本机，没有丢失。请稍后再试。")
    public let certificate = Message(
        "field_errors.certificate",
        en: "Whoever answers at {url} is not the hub that your invite names.",
        zh: "{url} 上回应的不是邀请码所指的中心。")
    public let certificateMend = Message(
        "field_errors.certificate_mend",
        en: "Nothing was sent; all is saved here. Try another network; if it stays, ask the "
            + "operator for a new invite.",
        zh: "没有发送任何内容，都已保存在本机。请换一个网络再试；若仍如此，请向管理员要新的邀请码。")
    public let gatewayAway = Message(
        "field_errors.gateway_away",
        en: "The hub does not answer; a proxy before it says so (HTTP {status}).",
        zh: "中心没有应答；其前面的代理如此报告（HTTP {status}）。")
    public let gatewayAwayMend = Message(
        "field_errors.gateway_away_mend",
        en: "Everything is saved here, nothing counts as sent. Try again later.",
        zh: "所有内容都已保存在本机，不会被误当作已发送。请稍后再试。")
    public let gatewayLimit = Message(
        "field_errors.gateway_limit",
        en: "A proxy before the hub refuses what is sent: too large (HTTP 413).",
        zh: "中心前面的代理拒绝接收：内容过大（HTTP 413）。")
    public let gatewayLimitMend = Message(
        "field_errors.gateway_limit_mend",
        en: "Everything is saved here. Ask the operator to let bodies of 1 MiB through.",
        zh: "所有内容都已保存在本机。请让管理员放行 1 MiB 的请求体。")
    public let portal = Message(
        "field_errors.portal",
        en: "Another page answered in place of the hub (a login page of the network?).",
        zh: "回应的是别的网页，不是中心（可能是上网认证页面）。")
    public let portalMend = Message(
        "field_errors.portal_mend",
        en:
            "Everything is saved here, nothing counts as sent. Log in to the network, then try again.",
        zh: "所有内容都已保存在本机，不会被误当作已发送。请先登录网络，再试一次。")
    public let twoKeys = Message(
        "field_errors.two_keys",
        en: "Two keys claim to be the hub's: this device followed another one than it shows now.",
        zh: "有两把密钥都自称属于中心：本机此前跟随的不是它现在出示的这一把。")
    public let twoKeysMend = Message(
        "field_errors.two_keys_mend",
        en: "Everything is saved here. Tell the operator at once: one of the two was stolen.",
        zh: "所有内容都已保存在本机。请立即告知管理员：其中一把已被盗用。")
    public let answerCut = Message(
        "field_errors.answer_cut",
        en: "The hub's answer broke off on the way, also a small one.",
        zh: "中心的回应在途中被截断，较小的回应也不例外。")
    public let answerCutMend = Message(
        "field_errors.answer_cut_mend",
        en: "Everything is saved here. Try another network; if it stays, tell the operator.",
        zh: "所有内容都已保存在本机。请换一个网络再试；若仍如此，请告知管理员。")
    public let formerKey = Message(
        "field_errors.former_key",
        en: "The hub is back at a key that it had left: it was put back from an old backup.",
        zh: "中心又用回了早已停用的密钥：它是从旧备份恢复的。")
    public let formerKeyMend = Message(
        "field_errors.former_key_mend",
        en:
            "Everything is saved here. Tell the operator: sync-hub key replace --with the newer key.",
        zh: "所有内容都已保存在本机。请告知管理员：用较新的密钥执行 sync-hub key replace --with。")
    public let notSigned = Message(
        "field_errors.not_signed",
        en: "An answer came that the hub did not sign; it was thrown away.",
        zh: "收到的回应没有中心的签名，已丢弃。")
    public let notSignedMend = Message(
        "field_errors.not_signed_mend",
        en: "Everything is saved here. Try another network; if it stays, tell the operator.",
        zh: "所有内容都已保存在本机。请换一个网络再试；若仍如此，请告知管理员。")

    // The hub's own answers.
    public let revoked = Message(
        "field_errors.revoked",
        en: "The operator has revoked this device. It can still save.",
        zh: "管理员已停用本机。仍可继续登记。")
    public let revokedMend = Message(
        "field_errors.revoked_mend",
        en: "Ask the operator to restore it or for a new invite. Nothing is lost.",
        zh: "请联系管理员恢复，或要一个新的邀请码。记录不会丢失。")
    public let roleForbidden = Message(
        "field_errors.role_forbidden",
        en: "This device's role does not allow that.", zh: "本机的角色不允许这样做。")
    public let roleForbiddenMend = Message(
        "field_errors.role_forbidden_mend",
        en: "Ask the operator for another role.", zh: "请联系管理员更改角色。")
    public let version = Message(
        "field_errors.version",
        en: "This program and the hub speak different versions of the protocol.",
        zh: "本程序与中心的协议版本不同。")
    public let versionMend = Message(
        "field_errors.version_mend",
        en: "Update the older of the two. Everything is saved here.", zh: "请更新较旧的一方。所有内容都已保存在本机。")
    public let hubNotReady = Message(
        "field_errors.hub_not_ready",
        en: "The hub is busy or restarting.", zh: "中心正忙或正在重启。")
    public let hubSplit = Message(
        "field_errors.hub_split",
        en: "Two hubs run on one key, so this one takes nothing until the operator has shut one.",
        zh: "有两个中心在用同一把密钥，管理员停掉其中一个之前，这个中心不接收内容。")
    public let hubSplitMend = Message(
        "field_errors.hub_split_mend",
        en: "Everything is saved here. Tell the operator to run: sync-hub doctor",
        zh: "所有内容都已保存在本机。请让管理员运行：sync-hub doctor")
    public let rateLimited = Message(
        "field_errors.rate_limited",
        en: "The hub asks this device to wait: it has had too many requests.",
        zh: "请求太多，中心要求本机稍候。")
    public let quotaReached = Message(
        "field_errors.quota_reached",
        en: "This device has delivered as much as the hub takes of it in a day.",
        zh: "本机今天送达的内容已达到中心每天的限额。")
    public let quotaReachedMend = Message(
        "field_errors.quota_reached_mend",
        en: "Everything is saved here, and a sync tomorrow sends it. For more today, ask the "
            + "operator: sync-hub device quota.",
        zh: "所有内容都已保存在本机，明天同步就会发送。今天要送更多，请找管理员：sync-hub device quota。")
    public let rekeyLimit = Message(
        "field_errors.rekey_limit",
        en: "Too many copies of this replica have taken new keys within a day.",
        zh: "一天之内，这个记录库的副本换新密钥的次数太多了。")
    public let rekeyLimitMend = Message(
        "field_errors.rekey_limit_mend",
        en: "Everything is saved here, and a sync tomorrow sends it. If nobody copies this file on "
            + "purpose, tell the operator.",
        zh: "所有内容都已保存在本机，明天同步就会发送。如果没有人有意复制这个文件，请告知管理员。")
    public let hubReadOnly = Message(
        "field_errors.hub_read_only",
        en: "The hub takes nothing at present.", zh: "中心暂时不接收内容。")
    public let hubReadOnlyMend = Message(
        "field_errors.hub_read_only_mend",
        en: "Everything is saved here. Tell the operator, and try again later.",
        zh: "所有内容都已保存在本机。请告知管理员，稍后再试。")
    public let hubFailed = Message(
        "field_errors.hub_failed", en: "The hub failed ({code}).", zh: "中心出错（{code}）。")
    public let hubRefused = Message(
        "field_errors.hub_refused", en: "The hub refused this ({code}).", zh: "中心拒绝了（{code}）。")
    public let hubRefusedMend = Message(
        "field_errors.hub_refused_mend",
        en: "Everything is saved here. Update this program; if it stays, tell the operator.",
        zh: "所有内容都已保存在本机。请更新本程序；若仍如此，请告知管理员。")
}

extension Messages {
    public static let failures = FailureMessages()
}
