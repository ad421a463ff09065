using System.Globalization;
using System.Runtime.InteropServices;

namespace Lading.Server.Memory;

/// <summary>A part of the address space that maps a part of a file.</summary>
/// <param name="Start">The first address.</param>
/// <param name="Length">In bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MappedFile(nuint Start, nuint Length)
{
    /// <summary>
    /// Finds the mappings that a process reads or executes, and in which no page differs from the file. Pages that differ, for example
    /// because the linker wrote relocations into them and then protected them, would lose their content.
    /// </summary>
    /// <param name="lines"><c>/proc/self/smaps</c>: a line of the mapping, then lines of sizes.</param>
    /// <param name="program">The file: that of the program itself, which stays mapped for the life of the process. A library may be
    /// loaded or moved between reading these lines and acting on them.</param>
    public static IReadOnlyList<MappedFile> Unchanged(IEnumerable<string> lines, string program)
    {
        var found = new List<MappedFile>();
        MappedFile? current = null;
        var sizes = 0;
        foreach (var line in lines)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is [[.., ':'] name, ..])
            {
                // Private pages, in memory or swapped out: both values must exist, and be zero.
                if (name is "Anonymous:" or "Swap:")
                {
                    current = fields is [_, "0", "kB"] ? current : null;
                    sizes++;
                }
            }
            else
            {
                Take();
                current = line.EndsWith($" {program}", StringComparison.Ordinal) ? Parse(fields) : null;
            }
        }

        Take();
        return found;

        void Take()
        {
            if (current is { } mapping && sizes == 2)
            {
                found.Add(mapping);
            }

            sizes = 0;
        }
    }

    /// <summary>Null for a mapping that is not a file's, or is writable: <c>from-to permissions offset device inode path</c>.</summary>
    private static MappedFile? Parse(string[] fields) =>
        fields is [var range, "r--p" or "r-xp", _, _, not "0", ['/', ..], ..]
        && range.Split('-') is [var first, var last]
        && nuint.TryParse(first, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
        && nuint.TryParse(last, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end)
        && end > start
            ? new MappedFile(start, end - start)
            : null;
}
