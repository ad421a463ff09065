using System.Buffers;

namespace Lading.Git;

/// <summary>
/// Decides whether a path in a git tree may be written to disk: in hand-crafted trees, names can contain anything but
/// <c>/</c> and NUL.
/// </summary>
internal static class CheckoutPath
{
    /// <summary>Characters with a special meaning in Windows: folders, drives and streams, wildcards.</summary>
    private static readonly SearchValues<char> WindowsSpecial = SearchValues.Create("\\:*?\"<>|");

    /// <summary>Reserved device names of Windows, with any extension.</summary>
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>Ensures that a path may be written on this machine.</summary>
    /// <exception cref="LadingException">It would be another file, or one outside of the folder.</exception>
    public static void Require(string path)
    {
        if (FindObjection(path, OperatingSystem.IsWindows()) is { } objection)
        {
            throw new LadingException(
                "Could not write a build context",
                $"the repository has a path that cannot be a file here, '{path}': {objection}",
                "Rename the file, or keep it out of the image with the ignore file."
            );
        }
    }

    /// <summary>Why a path cannot be written; null if it can.</summary>
    /// <param name="path">With <c>/</c>, relative to the folder to write.</param>
    /// <param name="isWindows">Whether the restrictions of Windows apply.</param>
    public static string? FindObjection(string path, bool isWindows)
    {
        if (!GitPath.IsUtf8(path))
        {
            return "it is not UTF-8";
        }

        foreach (var name in path.Split('/'))
        {
            if (name is "" or "." or "..")
            {
                return "it leads out of its folder";
            }

            if (IsGit(name, isWindows))
            {
                return "git keeps its own files under that name";
            }

            if (isWindows && FindWindowsObjection(name) is { } objection)
            {
                return objection;
            }
        }

        return null;
    }

    /// <summary>The names that a file system resolves to <c>.git</c> (git's core.protectNTFS and core.protectHFS).</summary>
    private static bool IsGit(string name, bool isWindows)
    {
        // HFS+ ignores these characters in names.
        var visible = string.Concat(
            name.Where(c =>
                c
                    is not (
                        (>= '\u200c' and <= '\u200f')
                        or (>= '\u202a' and <= '\u202e')
                        or (>= '\u206a' and <= '\u206f')
                        or '\ufeff'
                    )
            )
        );
        visible = isWindows ? visible.TrimEnd('.', ' ') : visible;
        return visible.Equals(".git", StringComparison.OrdinalIgnoreCase)
            || (isWindows && visible.Equals("git~1", StringComparison.OrdinalIgnoreCase));
    }

    private static string? FindWindowsObjection(string name)
    {
        var special = name.AsSpan().IndexOfAny(WindowsSpecial);
        if (special >= 0 || name.Any(c => c < ' '))
        {
            return special >= 0
                ? $"Windows gives the '{name[special]}' in it a meaning of its own"
                : "it holds a control character";
        }

        if (name[^1] is '.' or ' ')
        {
            return "Windows leaves out the full stop or blank at its end";
        }

        var stem = name.Split('.')[0].TrimEnd(' ');
        var isDevice =
            Devices.Contains(stem, StringComparer.OrdinalIgnoreCase)
            || (
                stem.Length == 4
                && (
                    stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
                    || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)
                )
                && stem[3] is (>= '0' and <= '9') or '\u00b9' or '\u00b2' or '\u00b3'
            );
        return isDevice ? $"{stem} is a device of Windows" : null;
    }
}
