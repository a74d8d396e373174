// BPF: the loader library. Specs are pure data; loading turns them into maps, programs and links, each with one
// owner that closes it. It reads ring buffers and turns verifier logs into values. It knows no language and no
// command.
