namespace Lading.Git;

internal static class FileModes
{
    /// <summary>As <c>git ls-tree</c> writes it: six octal digits.</summary>
    public static string Octal(this FileMode mode) =>
        mode switch
        {
            FileMode.Folder => "040000",
            FileMode.File => "100644",
            FileMode.Executable => "100755",
            FileMode.SymbolicLink => "120000",
            FileMode.Submodule => "160000",
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };
}
