import KernelInterface
import Testing

@testable import BPF

private struct Flow: BitwiseCopyable, Equatable {
  var kind: UInt8
  var address: UInt32
  var port: UInt16
}

private struct Total: BitwiseCopyable, Equatable {
  var isOpen: Bool
  var bytes: UInt64
}

/// A pinned map whose keys and values have padding, between this process and one that was written in C.
@Suite struct SharedWithCTests {
  private static let source = """
    struct flow { uint8_t kind; uint32_t address; uint16_t port; };
    struct total { uint8_t is_open; uint64_t bytes; };
    int main(int count, char **words) {
      int map = open_pin(words[2]);
      if (map < 0) { perror("open"); return 1; }
      for (unsigned i = 0; i < 100; i++) {
        struct flow key;
        struct total value;
        memset(&key, 0, sizeof key);
        memset(&value, 0, sizeof value);
        key.kind = i % 3; key.address = i * 1000; key.port = 65535 - i;
        if (!strcmp(words[1], "write")) {
          value.is_open = i % 2; value.bytes = (uint64_t)i << 40;
          if (element(BPF_MAP_UPDATE_ELEM, map, &key, &value)) { perror("update"); return 1; }
        } else {
          struct total expected;
          memset(&expected, 0, sizeof expected);
          expected.is_open = i % 2; expected.bytes = (uint64_t)i << 40;
          if (element(BPF_MAP_LOOKUP_ELEM, map, &key, &value)) { perror("look up"); return 1; }
          if (memcmp(&expected, &value, sizeof value)) { printf("%u differs\\n", i); return 1; }
        }
      }
      puts("100");
      return 0;
    }
    """

  private func element(_ index: Int) -> (key: Flow, value: Total) {
    (
      Flow(kind: UInt8(index % 3), address: UInt32(index * 1000), port: UInt16(65535 - index)),
      Total(isOpen: index % 2 == 1, bytes: UInt64(index) << 40)
    )
  }

  @Test(.enabled(if: CProgram.canCompile, "there is no C compiler")) func bothWays() throws {
    let program = try CProgram(Self.source)
    defer { program.remove() }
    let files = try BPFFileSystem()

    let ours = try HashMap<Flow, Total>(name: "ours", maxEntries: 100)
    let path = try ours.map.pin(byNameIn: files.path)
    try ours.set(contentsOf: (0..<100).map(element))
    #expect(try program.run("read", path) == "100\n")

    let theirs = try HashMap<Flow, Total>(name: "theirs", maxEntries: 100)
    try theirs.map.pin(at: "\(files.path)/shared")
    #expect(try program.run("write", "\(files.path)/shared") == "100\n")
    for index in 0..<100 {
      let (key, value) = element(index)
      #expect(try theirs.value(for: key) == value)
    }
    // Keys of ours are those of C's, not others beside them.
    try theirs.set(contentsOf: (0..<100).map(element), .onlyExisting)
    #expect(try theirs.count() == 100)
  }
}
