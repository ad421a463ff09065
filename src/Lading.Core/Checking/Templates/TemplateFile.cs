using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>A JSON file of a cloud assembly.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Root">Its content.</param>
internal sealed record TemplateFile(string Path, JsonElement Root)
{
    /// <summary>Reads a file of a folder; null if it does not exist.</summary>
    /// <exception cref="LadingException">It cannot be read, or is not JSON.</exception>
    public static TemplateFile? Find(string folder, string name)
    {
        var path = System.IO.Path.Combine(folder, name);
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return new TemplateFile(path, document.RootElement.Clone());
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw LadingException.Usage($"Could not read {path}", JsonFault.Of(exception), "Run 'cdk synth' again.");
        }
    }
}
