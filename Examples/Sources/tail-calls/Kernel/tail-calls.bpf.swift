// Goes on, for each system call, with the program that user space put into the call's slot; counts the others.
import BPFKernel

public let license: StaticString = "GPL"

let programs = ProgramArray(count: 512)
let log = Log()
var others: UInt64 = 0

@section("raw_tp/sys_enter")
func dispatch(_ event: RawTracepointContext) {
  programs.tailCall(event[1], with: event)
  others &+= 1  // the slot is empty
}

@section("raw_tp")
func executing(_ event: RawTracepointContext) {
  log("process \(Process.id) executes a program")
}

@section("raw_tp")
func timer(_ event: RawTracepointContext) {
  switch event[1] {
  case 222: log("process \(Process.id) makes a timer")
  case 226: log("process \(Process.id) deletes a timer")
  default: log("process \(Process.id) does something with a timer")
  }
}

@section("raw_tp")
func ignore(_ event: RawTracepointContext) {}
