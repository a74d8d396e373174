import Symbols
import Testing

@Suite struct ItaniumNameTests {
  /// Expected texts are those of libstdc++'s `__cxa_demangle`.
  @Test(arguments: [
    ("_Z3foov", "foo()"),
    ("_Z3fooi", "foo(int)"),
    ("_ZL3foov", "foo()"),
    ("_ZN3foo3barE", "foo::bar"),
    ("_ZNK3foo3barEv", "foo::bar() const"),
    ("_ZNKR3foo3barEv", "foo::bar() const &"),
    ("_ZN3fooC1Ev", "foo::foo()"),
    ("_ZN3fooD0Ev", "foo::~foo()"),
    ("_ZN3foopLERKS_", "foo::operator+=(foo const&)"),
    ("_ZN3foocvbEv", "foo::operator bool()"),
    ("_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<int, std::allocator<int> >::push_back(int const&)"),
    (
      "_ZNSsC1EPKc", "std::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string(char const*)"
    ),
    ("_ZNSolsEPFRSoS_E", "std::ostream::operator<<(std::ostream& (*)(std::ostream&))"),
    ("_Z3barRA3_iPFvdE", "bar(int (&) [3], void (*)(double))"),
    ("_Z1fM1AFviE", "f(void (A::*)(int))"),
    ("_Z1fM1AKFvvE", "f(void (A::*)() const)"),
    ("_Z1fM1Ai", "f(int A::*)"),
    ("_Z3maxIiET_S0_S0_", "int max<int>(int, int)"),
    ("_Z1fIJidEEvDpT_", "void f<int, double>(int, double)"),
    ("_Z1fIJEEvDpT_", "void f<>()"),
    ("_Z1fILi3ELb1ELc97EEvv", "void f<3, true, (char)97>()"),
    ("_Z1fILin5EEvv", "void f<-5>()"),
    ("_Z1fIXadL_Z1gvEEEvv", "void f<&(g())>()"),
    ("_ZZ3foovE3bar", "foo()::bar"),
    ("_ZZ3foovENKUliE_clEi", "foo()::{lambda(int)#1}::operator()(int) const"),
    ("_ZN12_GLOBAL__N_13fooEv", "(anonymous namespace)::foo()"),
    ("_ZN3foo3barB5cxx11Ev", "foo::bar[abi:cxx11]()"),
    ("_ZTV3foo", "vtable for foo"),
    ("_ZTIN1a1bE", "typeinfo for a::b"),
    ("_ZThn16_N3foo3barEv", "non-virtual thunk to foo::bar()"),
    ("_ZTv0_n24_N3foo3barEv", "virtual thunk to foo::bar()"),
    ("_ZGVZ3foovE1x", "guard variable for foo()::x"),
    ("_ZTC1A0_1B", "construction vtable for B-in-A"),
    ("_Z3foov.isra.0", "foo() [clone .isra.0]"),
    ("_Z3foov.part.0.cold", "foo() [clone .part.0] [clone .cold]"),
    ("_Z1fIiEDTplfp_Li1EET_", "decltype ({parm#1}+(1)) f<int>(int)"),
    (
      "_ZSt7forwardIRiEOT_RNSt16remove_referenceIS1_E4typeE",
      "int& std::forward<int&>(std::remove_reference<int&>::type&)"
    ),
    ("_ZlsRSoRK3foo", "operator<<(std::ostream&, foo const&)"),
    ("_ZltIiEbT_S0_", "bool operator< <int>(int, int)"),
    ("_ZN1AIiEcvT_IdEEv", "A<int>::operator double<double>()"),
    // What `S6_` refers to is a parameter of another template, whose argument counts.
    (
      "_ZNSt17_Function_handlerIFvbEZN1a3AddIZNS1_1J1wINS1_1FEEEvPKT_bbEUlvE_EEvNS1_1SES6_EUlbE_E9_M_invokeERKSt9_Any_dataOb",
      """
      std::_Function_handler<void (bool), a::Add<a::J::w<a::F>(a::F const*, bool, bool)::{lambda()#1}>(a::S, \
      a::J::w<a::F>(a::F const*, bool, bool)::{lambda()#1})::{lambda(bool)#1}>::_M_invoke(std::_Any_data const&, bool&&)
      """
    ),
    ("_ZNSt6vectorIiSaIiEE9push_backERKi@@V1", "std::vector<int, std::allocator<int> >::push_back(int const&)"),
  ])
  func demangles(name: String, expected: String) {
    #expect(Demangler.demangle(name) == expected)
  }

  @Test(arguments: [
    "", "_Z", "_ZN", "main", "_Zfoo", "_ZN3foo", "_Z3fo", "_Z99999999999999999999foo", "_ZS_", "_Z1fT_", "_Z3fooi3",
    "_ZN3fooEEv", "_Z1fIi", "_ZDC", "_Z1fDp", "_ZZ1f", "_Z1fL", "_Z1fSZ_",
  ])
  func leavesOtherNamesAlone(name: String) {
    #expect(Demangler.demangle(name) == nil)
  }

  @Test func survivesDamageAndBombs() {
    let names = [
      "_ZNSt17_Function_handlerIFvbEZN1a3AddIZNS1_1J1wINS1_1FEEEvPKT_bbEUlvE_EEvNS1_1SES6_EUlbE_E9_M_invokeERKSt9_Any_dataOb",
      "_Z1fIiEDTplfp_Li1EET_", "_Z1fIJidEEvDpT_", "_ZN1AIiEcvT_IdEEv", "_Z3barRA3_iPFvdE", "_ZTC1A0_1B",
    ]
    for name in names {
      let bytes = Array(name.utf8)
      for length in 0..<bytes.count { _ = Demangler.demangle(String(decoding: bytes[..<length], as: UTF8.self)) }
      for index in 2..<bytes.count {
        for replacement in "SITEJDpXLZN_0Fcvdt".utf8 {
          var damaged = bytes
          damaged[index] = replacement
          _ = Demangler.demangle(String(decoding: damaged, as: UTF8.self))
        }
      }
    }
    // Each line doubles what the one before it stands for.
    let doubling =
      "_Z1f" + "St4pairIiiE"
      + (0..<40).map { "St4pairIS\($0 == 0 ? "" : base36($0))_S\($0 == 0 ? "" : base36($0))_E" }.joined()
    #expect((Demangler.demangle(doubling)?.utf8.count ?? 0) <= 1 << 16)
    #expect(Demangler.demangle("_Z1f" + String(repeating: "P", count: 60_000) + "i") == nil)
    #expect(Demangler.demangle("_Z1f" + String(repeating: "N1aE", count: 3000)) != nil)
    #expect(Demangler.demangle("_Z" + String(repeating: "Z", count: 60_000)) == nil)
  }

  private func base36(_ number: Int) -> String { String(number - 1, radix: 36, uppercase: true) }
}
