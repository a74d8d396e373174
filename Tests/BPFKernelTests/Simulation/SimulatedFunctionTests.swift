// swift-format-ignore-file: AlwaysUseLowerCamelCase
import Testing

@testable import BPFKernel

private let CONFIG_HZ = KernelOption<UInt32>()
private let CONFIG_NONE = KernelOption<UInt32>(mayBeMissing: true)
private let records = RingBuffer<UInt8>(byteCount: 4096)
private let rest = KernelFunction("u64 rest(struct task_struct *task, u64 number)")

/// Functions of the kernel, options and dynamic pointers where there is no kernel.
@Suite struct SimulatedFunctionTests {
  @Test func testsAnswerForTheKernelsFunctions() {
    let kernel = SimulatedKernel()
    kernel.functions["bpf_task_from_pid"] = { _, arguments in arguments[0] == 7 ? 0x1000 : 0 }
    kernel.run {
      #expect(bpf_task_from_pid(7) == UnsafeMutableRawPointer(bitPattern: 0x1000))
      #expect(bpf_task_from_pid(8) == nil)
      #expect(!rest.exists)
    }
    kernel.functions["rest"] = { _, arguments in arguments[1] % 5 }
    kernel.run {
      #expect(rest.exists)
      let answer: UInt64 = rest(nil as UnsafeRawPointer?, 12 as UInt32)
      #expect(answer == 2)
    }
  }

  @Test func numbersAreWalked() {
    SimulatedKernel().run {
      var seen: [Int32] = []
      forEachNumber(in: -1..<3) {
        seen.append($0)
        return true
      }
      forEachNumber(in: 5..<100) {
        seen.append($0)
        return $0 < 6
      }
      forEachNumber(in: 3..<3) { _ in
        seen.append(99)
        return true
      }
      #expect(seen == [-1, 0, 1, 2, 5, 6])
    }
  }

  @Test func optionsAreSet() {
    let kernel = SimulatedKernel()
    kernel.set(CONFIG_HZ, to: 250)
    kernel.run {
      #expect(CONFIG_HZ.value == 250)
      #expect(CONFIG_NONE.value == 0)
    }
  }

  @Test func dynamicPointersAreBounded() {
    let kernel = SimulatedKernel()
    kernel.run {
      records.withRecord(byteCount: 6) { record in
        #expect(record.byteCount == 6)
        #expect(record.write(0x0403_0201 as UInt32, at: 0))
        #expect(record.write(0x0605 as UInt16, at: 4))
        #expect(!record.write(0 as UInt16, at: 5))
        #expect(record.value(of: UInt16.self, at: 3) == 0x0504)
        #expect(record.pointer(to: UInt32.self, at: 3) == nil)
        return true
      }
      let isSent = records.withRecord(byteCount: 6) { _ in false }
      #expect(!isSent)
    }
    #expect(kernel.events(of: records).map { $0 } == [1])
  }
}
