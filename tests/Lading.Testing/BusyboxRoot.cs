using System.Buffers.Binary;
using System.Formats.Tar;
using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>
/// The files of a base image that needs no registry to pull from: a static busybox, and a link for each of its
/// commands.
/// </summary>
internal static class BusyboxRoot
{
    /// <summary>The image's name in the Dockerfiles of tests and samples.</summary>
    public const string Image = "docker.io/library/busybox:1.36";

    private const UnixFileMode All =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    /// <summary>Writes them as a tar file; skips the test if the machine has no static busybox.</summary>
    public static async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        Requires.Debian("busybox", "busybox-static");
        var busybox = Requires.OnPath("busybox")!;
        if (!IsStatic(await File.ReadAllBytesAsync(busybox, cancellationToken)))
        {
            Requires.Missing($"'{busybox}' needs shared libraries", "Install busybox-static instead.");
        }

        var list = new ProgramCall(busybox, "--list");
        var commands = await ProgramRunner.RunAsync(list, ReadOnlyMemory<byte>.Empty, cancellationToken);
        await using var file = File.Create(path);
        await using var tar = new TarWriter(file, TarEntryFormat.Ustar, leaveOpen: false);
        await WriteFolderAsync("bin/", All);
        await WriteFolderAsync(
            "tmp/",
            All | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit
        );
        await using (var content = File.OpenRead(busybox))
        {
            var entry = new UstarTarEntry(TarEntryType.RegularFile, "bin/busybox") { Mode = All, DataStream = content };
            await tar.WriteEntryAsync(entry, cancellationToken);
        }

        foreach (var command in commands.Text.Split('\n').Where(command => command != "busybox"))
        {
            var link = new UstarTarEntry(TarEntryType.SymbolicLink, $"bin/{command}") { LinkName = "busybox" };
            await tar.WriteEntryAsync(link, cancellationToken);
        }

        Task WriteFolderAsync(string name, UnixFileMode mode) =>
            tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.Directory, name) { Mode = mode }, cancellationToken);
    }

    /// <summary>
    /// Whether a 64-bit ELF program names no interpreter (PT_INTERP), which would load shared libraries.
    /// </summary>
    private static bool IsStatic(ReadOnlySpan<byte> elf)
    {
        const int Interpreter = 3;
        var start = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[0x20..]);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x36..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x38..]);
        for (var i = 0; i < count; i++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(elf[(start + (i * size))..]) == Interpreter)
            {
                return false;
            }
        }

        return true;
    }
}
