import Testing

@testable import Diagnostics

@Suite struct NearestNamesTests {
  @Test(arguments: [
    ("kprobe", "kprobe", 0), ("kprobe", "kprobes", 1), ("kprobe", "krpobe", 1), ("abc", "", 3), ("", "", 0),
    ("kitten", "sitting", 3), ("ab", "ba", 1),
  ])
  func countsEdits(one: String, other: String, distance: Int) {
    #expect(NearestNames.editDistance(Array(one.utf8), Array(other.utf8)) == distance)
  }

  @Test func prefersFewWrongLettersToSharedWords() {
    let names = ["vfs_read", "vfs_readv", "vfs_write", "do_read_vfs", "tcp_sendmsg"]
    #expect(NearestNames.nearest(to: "vfs_raed", among: names) == ["vfs_read", "vfs_readv", "vfs_write"])
    #expect(NearestNames.nearest(to: "read_vfs_fast", among: names) == ["vfs_read", "do_read_vfs"])
    #expect(NearestNames.nearest(to: "Tcp_SendMsg", among: names) == ["tcp_sendmsg"])
    #expect(NearestNames.nearest(to: "zzz", among: names).isEmpty)
    #expect(NearestNames.nearest(to: "z", among: ["x", "y"]).isEmpty)
    #expect(NearestNames.nearest(to: "", among: names).isEmpty)
  }
}
