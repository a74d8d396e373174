import KernelInterface
import Testing

@testable import BPF

/// The code of Diagnostics.md and CompileOnceRunEverywhere.md, as it stands there.
@Suite struct DiagnosticsSamples {
  private static let source = CSource(
    """
    #include <linux/bpf.h>
    #include <bpf/bpf_helpers.h>

    struct {
      __uint(type, BPF_MAP_TYPE_HASH);
      __uint(max_entries, 1);
      __type(key, __u32);
      __type(value, __u64);
    } counts SEC(".maps");

    SEC("raw_tp/sys_enter")
    int first_call(void *context) {
      __u32 key = 0;
      __u64 *count = bpf_map_lookup_elem(&counts, &key);
      *count += 1;
      return 0;
    }

    char LICENSE[] SEC("license") = "GPL";
    """, name: "first.bpf.c")

  func show(_ source: CSource) throws {
    do {
      _ = try BPFObject(source: source)
    } catch .program(_, .programRefused(let refusal)) {
      print(refusal.rendered())
    }
  }

  func explain() {
    if let absence = KernelFeatures.running.absence(of: .kprobeMulti) { print(absence) }
  }

  func refusedMap() {
    do {
      _ = try Map(MapSpec(name: "events", type: .ringBuffer, keySize: 0, valueSize: 0, maxEntries: 5000))
    } catch {
      print(error)
    }
  }

  func loadForAnotherKernel(_ spec: ObjectSpec) throws {
    var options = LoadOptions()
    options.kernelTypesPath = "/usr/lib/btf/vmlinux"
    let object = try BPFObject(spec, options: options)
    print(object.programs.count)
  }

  @Test func theArticleShowsTheRefusedMap() throws {
    let error = #expect(throws: BPFError.self) {
      try Map(MapSpec(name: "events", type: .ringBuffer, keySize: 0, valueSize: 0, maxEntries: 5000))
    }
    let article = try DocumentationTests.catalogue("Diagnostics.md").text.replacing("\n", with: " ")
    #expect(article.contains("`\(String(describing: try #require(error)))`"))
  }

  /// The article shows what is printed; the notes about registers differ between kernels.
  @Test func theArticleShowsTheRefusal() throws {
    let error = #expect(throws: LoadError.self) { try BPFObject(source: Self.source) }
    guard case .program(_, .programRefused(let refusal))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let article = try DocumentationTests.catalogue("Diagnostics.md")
    for block in article.blocks(of: "c") { #expect(Self.source.text.contains(block)) }
    for line in refusal.rendered().split(separator: "\n") where !line.hasPrefix("NOTE: ") {
      #expect(article.text.contains(line), "\(refusal.rendered())")
    }
  }
}
