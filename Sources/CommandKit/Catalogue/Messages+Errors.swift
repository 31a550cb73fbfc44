/// What can go wrong in every program: for each, a sentence, and one that says the mend.
public struct ErrorMessages: MessageTopic {
    public let diskFull = Message(
        "errors.disk_full",
        en: "The disk is full: {path}", zh: "磁盘已满：{path}")
    public let diskFullMend = Message(
        "errors.disk_full_mend",
        en: "Free some space, then run the same command again. What was saved stays saved.",
        zh: "请清理出一些空间，再运行一次同样的命令。已保存的内容不会丢失。")
    public let readOnly = Message(
        "errors.read_only",
        en: "This place cannot be written to: {path}", zh: "此位置是只读的，无法写入：{path}")
    public let readOnlyMend = Message(
        "errors.read_only_mend",
        en: "Mount the disk for writing, or name a file elsewhere.",
        zh: "请以可写方式挂载磁盘，或改用其他位置的文件。")
    public let permissionDenied = Message(
        "errors.permission_denied",
        en: "You may not open this: {path}", zh: "没有权限打开：{path}")
    public let permissionDeniedMend = Message(
        "errors.permission_denied_mend",
        en: "Check who owns it with 'ls -l', or run as that user.",
        zh: "请用“ls -l”查看文件属于谁，或换成该用户运行。")
    public let fileNotFound = Message(
        "errors.file_not_found",
        en: "There is nothing at {path}", zh: "找不到文件：{path}")
    public let fileNotFoundMend = Message(
        "errors.file_not_found_mend",
        en: "Check the spelling of the path.", zh: "请检查路径是否写对。")
    public let fileExists = Message(
        "errors.file_exists",
        en: "There is already something at {path}", zh: "该位置已有文件：{path}")
    public let fileExistsMend = Message(
        "errors.file_exists_mend",
        en: "Choose another name, or move the old one away.",
        zh: "请换一个名字，或先把原来的文件移走。")
    public let ioFailed = Message(
        "errors.io_failed",
        en: "The disk could not read or write {path}", zh: "磁盘读写出错：{path}")
    public let ioFailedMend = Message(
        "errors.io_failed_mend",
        en: "Copy the file to another disk now, then check this disk.",
        zh: "请立即把文件复制到另一块磁盘，再检查这块磁盘。")
    public let fileLocked = Message(
        "errors.file_locked",
        en: "Another program is using {path}", zh: "另一个程序正在使用：{path}")
    public let fileLockedMend = Message(
        "errors.file_locked_mend",
        en: "Wait for it to finish, then run the command again.",
        zh: "请等它结束，再运行一次。")
    public let noReplica = Message(
        "errors.no_replica",
        en: "There is no replica at {path}", zh: "这里还没有本地记录库：{path}")
    public let noReplicaMend = Message(
        "errors.no_replica_mend",
        en: "Run '{command}' to make one, or name yours with --replica.",
        zh: "请运行“{command}”新建一个，或用 --replica 指定已有的文件。")
    public let hubUnreachable = Message(
        "errors.hub_unreachable",
        en: "The hub cannot be reached: {url}", zh: "连不上中心：{url}")
    public let hubUnreachableMend = Message(
        "errors.hub_unreachable_mend",
        en: "Everything is saved on this device. Try again when there is a signal.",
        zh: "所有内容都已保存在本机。有信号时再试一次。")
    public let hubBusy = Message(
        "errors.hub_busy",
        en: "The hub is busy or restarting: {url}", zh: "中心正忙或正在重启：{url}")
    public let hubBusyMend = Message(
        "errors.hub_busy_mend",
        en: "Try again in a minute. Everything is saved on this device.",
        zh: "请过一分钟再试。所有内容都已保存在本机。")
    public let notAuthorised = Message(
        "errors.not_authorised",
        en: "The hub does not accept this device.", zh: "中心不接受这台设备。")
    public let notAuthorisedMend = Message(
        "errors.not_authorised_mend",
        en: "Ask the hub's operator for a new invite, then run '{command}'. Nothing is lost.",
        zh: "请向中心管理员要一个新的邀请码，再运行“{command}”。记录不会丢失。")
    public let interrupted = Message(
        "errors.interrupted",
        en: "Interrupted. What was saved stays saved.", zh: "已中断。已保存的内容不会丢失。")
    public let interruptedMend = Message(
        "errors.interrupted_mend",
        en: "Look at what is there, then run the command again to go on.",
        zh: "请先查看已有的内容，再运行一次即可继续。")
    public let outputFailed = Message(
        "errors.output_failed",
        en: "The output could not be written in full ({reason}).",
        zh: "输出没有完整写出（{reason}）。")
    public let outputFailedMend = Message(
        "errors.output_failed_mend",
        en: """
            Check the place the output goes to. What was saved stays saved: look at it before you \
            run the command again.
            """, zh: "请检查输出的目的地。已保存的内容不会丢失：请先查看，再决定是否重新运行。")
    public let unexpected = Message(
        "errors.unexpected",
        en: "Something unexpected happened: {detail}", zh: "发生了意外错误：{detail}")
    public let unexpectedMend = Message(
        "errors.unexpected_mend",
        en: "Run it again; if it stays, send this text to whoever looks after the program.",
        zh: "请再运行一次；如果仍然出错，请把这段文字发给程序的维护者。")
}

extension Messages {
    public static let errors = ErrorMessages()
}
