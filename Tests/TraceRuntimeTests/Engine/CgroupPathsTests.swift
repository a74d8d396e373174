import LinuxSystem
import Testing

@testable import TraceRuntime

@Suite struct CgroupPathsTests {
  @Test func rootIsFoundAmongMounts() {
    let mounts = """
      22 28 0:21 / /proc rw,nosuid shared:11 - proc proc rw
      31 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 master:2 - cgroup2 cgroup2 rw,nsdelegate
      """
    #expect(CgroupPaths.root(mountInfo: mounts) == "/sys/fs/cgroup")
    #expect(CgroupPaths.root(mountInfo: "22 28 0:21 / /proc rw - proc proc rw\n- cgroup2\n") == nil)
  }

  /// Any tree of directories will do: an id is an inode.
  @Test func pathsByInode() throws {
    let paths = CgroupPaths(root: "/sys/kernel")
    #expect(try paths.path(of: FileStatus(of: "/sys/kernel").inode) == "/")
    #expect(try paths.path(of: FileStatus(of: "/sys/kernel/mm").inode) == "/mm")
    #expect(paths.path(of: 0) == nil)
  }
}
