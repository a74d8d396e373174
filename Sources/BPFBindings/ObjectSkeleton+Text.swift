/// What is the same in all skeletons but for the name of the struct, which stands where the dollar signs are.
extension ObjectSkeleton {
  /// From the end of the struct's members to the tables.
  static let whole = """

    #ifdef __cplusplus
    \tstatic inline struct $ *open(const struct bpf_object_open_opts *opts = nullptr);
    \tstatic inline struct $ *open_and_load();
    \tstatic inline int load(struct $ *skel);
    \tstatic inline int attach(struct $ *skel);
    \tstatic inline void detach(struct $ *skel);
    \tstatic inline void destroy(struct $ *skel);
    \tstatic inline const void *elf_bytes(size_t *sz);
    #endif
    };

    static inline void
    $__destroy(struct $ *obj)
    {
    \tif (!obj)
    \t\treturn;
    \tif (obj->skeleton)
    \t\tbpf_object__destroy_skeleton(obj->skeleton);
    \tfree(obj);
    }

    static inline int $__create_skeleton(struct $ *obj);

    static inline struct $ *
    $__open_opts(const struct bpf_object_open_opts *opts)
    {
    \tstruct $ *obj = (struct $ *)calloc(1, sizeof(*obj));
    \tint err;

    \tif (!obj) {
    \t\terrno = ENOMEM;
    \t\treturn NULL;
    \t}
    \terr = $__create_skeleton(obj);
    \tif (!err)
    \t\terr = bpf_object__open_skeleton(obj->skeleton, opts);
    \tif (err) {
    \t\t$__destroy(obj);
    \t\terrno = -err;
    \t\treturn NULL;
    \t}

    """

  /// From there to the tables.
  static let opened = """
    \treturn obj;
    }

    static inline struct $ *
    $__open(void)
    {
    \treturn $__open_opts(NULL);
    }

    static inline int
    $__load(struct $ *obj)
    {
    \treturn bpf_object__load_skeleton(obj->skeleton);
    }

    static inline struct $ *
    $__open_and_load(void)
    {
    \tstruct $ *obj = $__open();
    \tint err;

    \tif (!obj)
    \t\treturn NULL;
    \terr = $__load(obj);
    \tif (err) {
    \t\t$__destroy(obj);
    \t\terrno = -err;
    \t\treturn NULL;
    \t}
    \treturn obj;
    }

    static inline int
    $__attach(struct $ *obj)
    {
    \treturn bpf_object__attach_skeleton(obj->skeleton);
    }

    static inline void
    $__detach(struct $ *obj)
    {
    \tbpf_object__detach_skeleton(obj->skeleton);
    }

    static inline const void *$__elf_bytes(size_t *sz);

    static inline int
    $__create_skeleton(struct $ *obj)
    {
    \tstruct bpf_object_skeleton *s = (struct bpf_object_skeleton *)calloc(1, sizeof(*s));

    \tif (!s)
    \t\tgoto err;
    \ts->sz = sizeof(*s);
    \ts->name = "$";
    \ts->obj = &obj->obj;

    """

  /// From the tables to the object's bytes.
  static let middle = """

    \ts->data = (void *)$__elf_bytes(&s->data_sz);
    \tobj->skeleton = s;
    \treturn 0;
    err:
    \tbpf_object__destroy_skeleton(s);
    \treturn -ENOMEM;
    }

    static inline const void *
    $__elf_bytes(size_t *sz)
    {
    \tstatic const char data[] __attribute__((__aligned__(8))) = "\\

    """

  /// From the object's bytes to the checks of sizes.
  static let end = """
    ";

    \t*sz = sizeof(data) - 1;
    \treturn (const void *)data;
    }

    #ifdef __cplusplus
    struct $ *$::open(const struct bpf_object_open_opts *opts) { return $__open_opts(opts); }
    struct $ *$::open_and_load() { return $__open_and_load(); }
    int $::load(struct $ *skel) { return $__load(skel); }
    int $::attach(struct $ *skel) { return $__attach(skel); }
    void $::detach(struct $ *skel) { $__detach(skel); }
    void $::destroy(struct $ *skel) { $__destroy(skel); }
    const void *$::elf_bytes(size_t *sz) { return $__elf_bytes(sz); }
    #endif

    """

  /// Of a library's object: from the end of the struct's members to the tables.
  static let part = """

    #ifdef __cplusplus
    \tstatic inline struct $ *open(const struct bpf_object *src);
    \tstatic inline void destroy(struct $ *skel);
    #endif
    };

    static inline void
    $__destroy(struct $ *skel)
    {
    \tif (!skel)
    \t\treturn;
    \tif (skel->subskel)
    \t\tbpf_object__destroy_subskeleton(skel->subskel);
    \tfree(skel);
    }

    static inline struct $ *
    $__open(const struct bpf_object *src)
    {
    \tstruct $ *obj = (struct $ *)calloc(1, sizeof(*obj));
    \tstruct bpf_object_subskeleton *s;
    \tint err = -ENOMEM;

    \tif (!obj)
    \t\tgoto err;
    \ts = (struct bpf_object_subskeleton *)calloc(1, sizeof(*s));
    \tif (!s)
    \t\tgoto err;
    \ts->sz = sizeof(*s);
    \ts->obj = src;
    \ts->var_skel_sz = sizeof(*s->vars);
    \tobj->subskel = s;

    """

  /// Of a library's object: what comes after the tables.
  static let partEnd = """

    \terr = bpf_object__open_subskeleton(s);
    \tif (err)
    \t\tgoto err;
    \treturn obj;
    err:
    \t$__destroy(obj);
    \terrno = -err;
    \treturn NULL;
    }

    #ifdef __cplusplus
    struct $ *$::open(const struct bpf_object *src) { return $__open(src); }
    void $::destroy(struct $ *skel) { $__destroy(skel); }
    #endif

    #endif

    """
}
