// swift-format-ignore-file
// Options with which the kernel was built, and facts about it
import BPFKernel

public let license: StaticString = "GPL"

let LINUX_KERNEL_VERSION = KernelOption<UInt32>()
let CONFIG_HZ = KernelOption<Int32>()
let CONFIG_BPF_SYSCALL = KernelOption<Bool>()
let CONFIG_BPF = KernelOption<KernelTristate>()
let CONFIG_NET = KernelOption<UInt8>()
let CONFIG_CC_VERSION_TEXT = KernelOption<Characters<12>>()
let CONFIG_THERE_IS_NO_SUCH_OPTION = KernelOption<Bool>(mayBeMissing: true)

var version: UInt32 = 0
var hertz: Int32 = 0
var hasSystemCall = false, hasOther = true, isBuiltIn = false
var net: UInt8 = 0
var compiler = Characters<12>(repeating: 0)

@section("raw_tp/sys_enter")
func ask(_ context: RawTracepointContext) {
  version = LINUX_KERNEL_VERSION.value
  hertz = CONFIG_HZ.value
  hasSystemCall = CONFIG_BPF_SYSCALL.value
  hasOther = CONFIG_THERE_IS_NO_SUCH_OPTION.value
  isBuiltIn = CONFIG_BPF.value == .yes
  net = CONFIG_NET.value
  compiler = CONFIG_CC_VERSION_TEXT.value
}
