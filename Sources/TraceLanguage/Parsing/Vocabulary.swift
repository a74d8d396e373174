/// Words that the grammar has to know to tell a type, a value and a probe apart.
enum Vocabulary {
  /// Words that cannot name a value.
  static let keywords: Set<String> = [
    "if", "else", "while", "for", "unroll", "let", "return", "break", "continue", "true", "false", "sizeof",
    "offsetof", "typeof", "typeinfo", "comptime", "struct", "union", "enum",
  ]

  /// Built-in values: `(pid)` is never a cast, `sizeof(pid)` never the size of a type.
  static let builtins: Set<String> = [
    "args", "cgroup", "comm", "cpid", "cpu", "ctx", "curtask", "elapsed", "func", "gid", "jiffies", "kstack",
    "leader_comm", "leader_tid", "ncpus", "nsecs", "numaid", "pcomm", "pid", "ppid", "probe", "probetype", "rand",
    "retval", "tid", "uid", "usermode", "username", "ustack", "dw_ustack", "has_cpid", "default_str_length",
  ]

  /// `argN` and, in old scripts, `sargN`.
  static func isArgument(_ word: String) -> Bool {
    let digits = word.hasPrefix("arg") ? word.dropFirst(3) : word.hasPrefix("sarg") ? word.dropFirst(4) : ""
    return !digits.isEmpty && digits.utf8.allSatisfy(\.isDigit)
  }

  static func isBuiltin(_ word: String) -> Bool { builtins.contains(word) || isArgument(word) }

  /// C's words for types, which may stand in a row: `unsigned long`.
  static let cTypeWords: Set<String> = ["unsigned", "signed", "long", "short", "int", "char", "double", "float"]

  /// Qualifiers, which change nothing here.
  static let qualifiers: Set<String> = ["const", "volatile", "restrict", "__restrict", "__user", "__rcu", "__percpu"]

  /// Types whose `[N]` is their size in bytes.
  static let sizedTypes: Set<String> = ["string", "buffer", "inet"]

  /// The language's own types.
  static let types: Set<String> = sizedTypes.union([
    "bool", "void", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "kstack_t", "ustack_t",
    "ksym_t", "usym_t", "username_t", "macaddr", "timestamp", "cgroup_path_t", "count_t", "sum_t", "min_t", "max_t",
    "avg_t", "stats_t", "hist_t", "lhist_t", "tseries_t", "_Bool", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64",
  ])

  /// Whether a word can only be a type: `(word)-1` is then a cast and not a subtraction.
  ///
  /// Other names are taken for a type only where nothing else would make sense.
  static func isSurelyType(_ word: String) -> Bool {
    types.contains(word) || cTypeWords.contains(word) || word.hasSuffix("_t")
      || word.hasPrefix("__") && word.dropFirst(2).contains(where: \.isNumber)
  }

  /// Providers by their long names, by which a forgotten `}` before the next probe is noticed.
  static let providers: Set<String> = [
    "kprobe", "kretprobe", "uprobe", "uretprobe", "usdt", "tracepoint", "rawtracepoint", "fentry", "fexit", "kfunc",
    "kretfunc", "iter", "profile", "interval", "software", "hardware", "watchpoint", "asyncwatchpoint",
  ]

  /// Words that begin something else than a probe at the top of a script.
  static let declarations: Set<String> = cTypeWords.union([
    "struct", "union", "enum", "typedef", "static", "extern", "inline", "void", "config", "import", "let", "macro",
    "fn",
  ])

  /// Whether an attach point that begins with this text needs no quotes to be read as one.
  static func canBeginProbe(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    return (first.isWordStart || first == UInt8(ascii: "*") || first == UInt8(ascii: "$"))
      && !declarations.contains(text)
  }

  /// Providers that need nothing behind their name.
  static let bareProviders: Set<String> = ["begin", "end"]
}
