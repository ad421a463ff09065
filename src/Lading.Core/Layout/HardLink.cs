using System.Runtime.InteropServices;

namespace Lading.Layout;

/// <summary>Gives a file a second name on the same disk.</summary>
internal static class HardLink
{
    /// <summary>False if the disk, the system or the permissions do not allow it; the caller then copies.</summary>
    public static bool TryCreate(string existing, string name) =>
        File.Exists(name)
        || (OperatingSystem.IsWindows() ? CreateHardLink(name, existing, 0) : Link(existing, name) == 0);

    [DllImport(
        "libc",
        EntryPoint = "link",
        CharSet = CharSet.Ansi,
        BestFitMapping = false,
        ThrowOnUnmappableChar = true
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string existing,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name
    );

    [DllImport("kernel32", EntryPoint = "CreateHardLinkW", CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLink(string name, string existing, nint attributes);
}
