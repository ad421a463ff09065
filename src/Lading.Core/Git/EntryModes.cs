namespace Lading.Git;

internal static class EntryModes
{
    /// <summary>As <c>git ls-tree</c> writes it: six octal digits.</summary>
    public static string Octal(this EntryMode mode) =>
        mode switch
        {
            EntryMode.Folder => "040000",
            EntryMode.File => "100644",
            EntryMode.Executable => "100755",
            EntryMode.SymbolicLink => "120000",
            EntryMode.Submodule => "160000",
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };
}
