using Lading.Context;

namespace Lading.Configuration;

/// <summary>The <c>lading.json</c> of a working tree.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="DisplayPath">Its path relative to where the search began, for errors.</param>
internal sealed record ConfigurationFile(string Path, string DisplayPath)
{
    /// <summary>The folder that its paths are relative to.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>
    /// The file in a folder, or in the nearest folder above that has one, up to the root of the file system; null if there is
    /// none.
    /// </summary>
    /// <param name="startDirectory">An absolute path.</param>
    public static ConfigurationFile? Find(string startDirectory)
    {
        for (var folder = new DirectoryInfo(startDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, OwnFiles.Configuration);
            var display = SlashPath.From(startDirectory, path);
            if (LinkedFile.Exists(path, display))
            {
                return new ConfigurationFile(path, display);
            }
        }

        return null;
    }

    /// <summary>The file in a folder, or in the nearest folder above that has one.</summary>
    /// <exception cref="LadingException">There is none.</exception>
    public static ConfigurationFile Get(string startDirectory) => Find(startDirectory) ?? throw Missing(startDirectory);

    private static LadingException Missing(string startDirectory)
    {
        // 'lading init' may have been run beside a cdk.json further down.
        var below = Below(startDirectory);
        return LadingException.Usage(
            $"Could not find {OwnFiles.Configuration}",
            below.Count == 0
                ? $"it is neither in {startDirectory} nor in a folder above"
                : $"it is neither in {startDirectory} nor in a folder above, only below: {Some(below)}",
            below.Count == 0
                ? "Run 'lading init' in the folder of cdk.json to write one, or name another folder with --directory."
                : $"Run this in {below[0]}, or name the folder: lading -C {ShellArgument.Of(below[0])} …"
        );
    }

    /// <summary>The direct subfolders that have such a file.</summary>
    private static IReadOnlyList<string> Below(string folder)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateDirectories(folder)
                    .Where(each => File.Exists(System.IO.Path.Combine(each, OwnFiles.Configuration)))
                    .Select(each => System.IO.Path.GetFileName(each))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Up to four folders; of more, the first three and the number of the others.</summary>
    private static string Some(IReadOnlyList<string> folders) => Listing.Of(folders, folders.Count <= 4 ? 4 : 3);

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="LadingException">It has errors.</exception>
    public async Task<LadingConfiguration> ReadAsync(CancellationToken cancellationToken) =>
        ConfigurationReader.Read(
            await File.ReadAllBytesAsync(Path, cancellationToken).ConfigureAwait(false),
            DisplayPath
        );

    /// <summary>Changes the file's bytes.</summary>
    /// <param name="change">Returns the new bytes for the existing ones.</param>
    /// <param name="cancellationToken">Cancels it; the file is then unchanged.</param>
    /// <returns>False if there was nothing to change.</returns>
    public async Task<bool> ChangeAsync(
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change,
        CancellationToken cancellationToken
    )
    {
        ReadOnlyMemory<byte> before = await File.ReadAllBytesAsync(Path, cancellationToken).ConfigureAwait(false);
        var after = change(before);
        if (after.Span.SequenceEqual(before.Span))
        {
            return false;
        }

        await UserFile.WriteAsync(Path, after, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
