import CommandKit
import OutreachSchema

/// What `sync-field help TOPIC` tells besides the help of commands.
enum HelpTopics {
    static let all: [HelpTopic] = [
        HelpTopic(["times", "时间"], times), HelpTopic(["exit-codes", "退出码"], exitCodes),
        HelpTopic(["files", "文件"], files), HelpTopic(["completions", "补全"], completions),
    ]

    private static let times = BilingualText(
        en: """
            21:40 · 9:40pm · 21点半     in the night of the record that it is for
            昨晚22:30 · last night 22:30    that night; 今晚 and tonight likewise
            2021-01-05 21:40 · 2021/1/5 21:40 · 2021年1月5日21点40分
            2021-01-05T21:40:00+08:00       an instant (RFC 3339)
            now · 现在

            A night (shift) runs from 12:00 to 12:00 and has the evening's date.
            New record: the night that is going on; what would lie far ahead is last night's.
            Edit: the record's own night. Departure: the first such time after the arrival.
            Asked about, or refused on a pipe unless --as-is: an end before its start, a stay of over
            12 hours, a time more than 5 minutes ahead, another season.
            """,
        zh: """
            21:40 · 9:40pm · 21点半     算在这条记录所属的那一班
            昨晚22:30 · last night 22:30    昨天夜里；今晚、tonight 同理
            2021-01-05 21:40 · 2021/1/5 21:40 · 2021年1月5日21点40分
            2021-01-05T21:40:00+08:00       确切时刻（RFC 3339）
            现在 · now

            一班从中午 12:00 到次日 12:00，以当晚日期命名。
            登记：算在当前这一班；若会是很久以后，则算昨晚。
            修改：算在该记录的那一班。离开时间：到达之后的第一个这样的时间。
            下列情况会询问（管道中则拒绝，除非加 --as-is）：结束早于开始、停留超过 12 小时、
            晚于现在 5 分钟以上、不是本季的时间。
            """)

    private static let exitCodes = BilingualText(
        en: """
            0    done
            1    failed
            2    the command or an entry was not understood
            3    partly done: some rows were rejected, a file was not taken whole
            4    not authorised
            5    temporary: try again later
            10   no replica here
            11   another program holds the file
            130  interrupted
            """,
        zh: """
            0    完成
            1    失败
            2    命令或填写的内容无法识别
            3    部分完成：有的行未导入，或文件未全部处理
            4    未获授权
            5    暂时的问题，稍后再试
            10   这里没有记录库
            11   文件被其他程序占用
            130  已中断
            """)

    private static let files = BilingualText(
        en: """
            ~/.local/share/fieldsync/replica.sqlite   the log (--replica, SYNC_FIELD_REPLICA, or
                                                      'replica' in the config file)
            …/replica.key                             this device's key: never copy it
            ~/.config/fieldsync/config                defaults, a line each: key = value
                lang = zh-Hans
                replica = /path/to/replica.sqlite
                stop.mode = foot
                stop.team_size = 4
                activity.organisation = 红袖标
            ~/.local/state/fieldsync/                 rows of the last lists; may be deleted

            An option goes before the environment, that before the config file.
            """,
        zh: """
            ~/.local/share/fieldsync/replica.sqlite   记录库（--replica、SYNC_FIELD_REPLICA，
                                                      或配置文件里的 replica）
            …/replica.key                             本机密钥，切勿复制
            ~/.config/fieldsync/config                默认值，每行一个：键 = 值
                lang = zh-Hans
                replica = /path/to/replica.sqlite
                stop.mode = foot
                stop.team_size = 4
                activity.organisation = 红袖标
            ~/.local/state/fieldsync/                 上次列表的行号，可以删除

            先看命令行选项，再看环境变量，最后看配置文件。
            """)

    private static let completions = BilingualText(
        en: """
            bash   sync-field --generate-completion-script bash \\
                     > ~/.local/share/bash-completion/completions/sync-field
            zsh    sync-field --generate-completion-script zsh > ~/.zfunc/_sync-field
                   (with fpath+=~/.zfunc before compinit in ~/.zshrc)
            fish   sync-field --generate-completion-script fish \\
                     > ~/.config/fish/completions/sync-field.fish

            Then Tab completes commands, options, points, grids, record ids and words.
            """,
        zh: """
            bash   sync-field --generate-completion-script bash \\
                     > ~/.local/share/bash-completion/completions/sync-field
            zsh    sync-field --generate-completion-script zsh > ~/.zfunc/_sync-field
                   （在 ~/.zshrc 中于 compinit 之前写 fpath+=~/.zfunc）
            fish   sync-field --generate-completion-script fish \\
                     > ~/.config/fish/completions/sync-field.fish

            之后按 Tab 可补全命令、选项、点位、网格、记录编号和词语。
            """)
}

extension HelpTopic {
    fileprivate init(_ names: [String], _ text: BilingualText) {
        self.init(names: names) { text[.current] }
    }
}
