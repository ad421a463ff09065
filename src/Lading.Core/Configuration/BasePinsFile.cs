using Lading.Context;

namespace Lading.Configuration;

/// <summary>
/// The <c>lading.bases.json</c> of a working tree, beside <c>lading.json</c>. Written by rename: a reader sees the old one or the new
/// one.
/// </summary>
internal static class BasePinsFile
{
    /// <summary>Reads the pins of a folder; none if it has no such file.</summary>
    /// <param name="folder">The folder of <c>lading.json</c>.</param>
    /// <param name="displayPath">The file's name in errors.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The file has errors.</exception>
    public static async Task<BasePins> ReadAsync(string folder, string displayPath, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, OwnFiles.BasePins);
        if (!LinkedFile.Exists(path, displayPath))
        {
            // Most projects begin without one, and throwing a first exception takes longer than everything else here.
            return BasePins.None;
        }

        try
        {
            return BasePinsReader.Read(
                await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false),
                displayPath
            );
        }
        catch (FileNotFoundException)
        {
            return BasePins.None;
        }
    }

    /// <summary>Writes pins; comments and layout of an existing file are kept.</summary>
    /// <param name="folder">The folder of <c>lading.json</c>.</param>
    /// <param name="displayPath">The file's name in errors.</param>
    /// <param name="pins">All pins for the file.</param>
    /// <param name="cancellationToken">Cancels the writing; the file is then unchanged.</param>
    /// <returns>False if nothing changed, or there is neither a file nor a pin.</returns>
    /// <exception cref="LadingException">The existing file has errors, or it could not be written.</exception>
    public static async Task<bool> WriteAsync(
        string folder,
        string displayPath,
        BasePins pins,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(folder, OwnFiles.BasePins);
        var before = LinkedFile.Exists(path, displayPath)
            ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)
            : null;
        if (before is null && pins.Pins.Count == 0)
        {
            return false;
        }

        // A missing file is not an empty one, which a null array would convert to.
        var after = before is null
            ? BasePinsEdit.Change(null, displayPath, pins)
            : BasePinsEdit.Change(before, displayPath, pins);
        if (before is not null && after.Span.SequenceEqual(before))
        {
            return false;
        }

        await UserFile.WriteAsync(path, after, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
