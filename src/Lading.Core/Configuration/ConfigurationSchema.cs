using Lading.Context;

namespace Lading.Configuration;

/// <summary>The JSON schema of <c>lading.json</c>, for editors: it completes keys and marks mistakes without a network.</summary>
internal static class ConfigurationSchema
{
    public const string FileName = "lading.schema.json";

    /// <summary>What <c>$schema</c> says. The file is derived: the tool puts it there, and git ignores it.</summary>
    public const string Reference = "./" + OwnFiles.Folder + "/" + FileName;

    /// <summary>The schema of this version.</summary>
    public static byte[] GetBytes()
    {
        using var resource = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream(FileName)!;
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>Writes the schema into Lading's own folder, unless this version of it is there.</summary>
    /// <param name="folder">The folder of <c>lading.json</c>.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="LadingException">It could not be written.</exception>
    public static async Task ProvideAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, OwnFiles.Folder, FileName);
        var bytes = GetBytes();
        if (
            File.Exists(path)
            && (await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false))
                .AsSpan()
                .SequenceEqual(bytes)
        )
        {
            return;
        }

        OwnFolder.Ignore(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await WholeFile.WriteAsync(path, bytes, cancellationToken).ConfigureAwait(false);
    }
}
