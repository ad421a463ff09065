namespace Lading.Git;

/// <summary>The modes of a tree's entries in git.</summary>
internal enum EntryMode
{
    None = 0,

    /// <summary>040000: a folder.</summary>
    Folder = 0x4000,

    /// <summary>100644 (and the historic 100664).</summary>
    File = 0x81A4,

    /// <summary>100755.</summary>
    Executable = 0x81ED,

    /// <summary>120000: the object has the target.</summary>
    SymbolicLink = 0xA000,

    /// <summary>160000: the id is a commit of another repository.</summary>
    Submodule = 0xE000,
}

internal static class EntryModes
{
    /// <summary>As <c>git ls-tree</c> writes it: six octal digits.</summary>
    public static ReadOnlySpan<byte> Octal(this EntryMode mode) =>
        mode switch
        {
            EntryMode.Folder => "040000"u8,
            EntryMode.File => "100644"u8,
            EntryMode.Executable => "100755"u8,
            EntryMode.SymbolicLink => "120000"u8,
            EntryMode.Submodule => "160000"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };
}
