import BPF
import CountersKernel
import Glibc

var opens = try Opens()
opens.only_user = getuid()
let loaded = try opens.load()
let users = try Users().load()
let links = try loaded.attach() + users.attach()
defer { Link.close(links) }
close(open("/etc/hostname", O_RDONLY))

let process = UInt32(getpid())
let own = try loaded.opened.value(for: process)
let counted = try users.users.value(for: getuid()) ?? 0
print("own: \(own?.process == process) \(own?.commandText ?? "") all: \(loaded.total > 0) calls: \(counted > 0)")
