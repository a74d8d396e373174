// BuildCommand: the words and options of `bpf build` and of `bpf-build`, which SwiftPM's plugin runs. It knows files, options
// and what a person reads; how an object comes about is the business of BPFBuild.
