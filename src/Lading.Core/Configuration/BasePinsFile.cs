using Lading.Context;

namespace Lading.Configuration;

/// <summary>The <c>lading.bases.json</c> of a working tree, beside <c>lading.json</c>. Written by rename: whoever reads sees the old one or the new one.</summary>
internal static class BasePinsFile
{
    /// <summary>Reads the pins of a folder; none where it has no such file.</summary>
    /// <param name="folder">The folder of <c>lading.json</c>.</param>
    /// <param name="displayPath">What errors call the file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LadingException">Something in the file is wrong.</exception>
    public static async Task<BasePins> ReadAsync(string folder, string displayPath, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, OwnFiles.BasePins);
        if (!File.Exists(path))
        {
            // Most projects begin without one, and a first exception costs more than the rest of the reading.
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

    /// <summary>Puts pins in place.</summary>
    /// <param name="folder">The folder of <c>lading.json</c>.</param>
    /// <param name="pins">All pins that the file shall hold.</param>
    /// <param name="cancellationToken">Ends the writing; the file is then as it was.</param>
    public static async Task WriteAsync(string folder, BasePins pins, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, OwnFiles.BasePins);
        await WholeFile.WriteAsync(path, BasePinsWriter.Format(pins), cancellationToken).ConfigureAwait(false);
    }
}
