namespace Lading.Git;

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
