using System.Text.Json;
using Lading.Configuration.Proposals;

namespace Lading.Diagnosis;

/// <summary>The CDK app of a folder, and the assembly of its last synthesis.</summary>
/// <param name="Folder">The folder of <c>cdk.json</c>.</param>
/// <param name="Language">
/// Its display name, such as <c>C#</c> or <c>TypeScript</c>; null if its command does not tell.
/// </param>
internal sealed record ExaminedApp(string Folder, string? Language)
{
    /// <summary>The content of <c>cdk.json</c>; undefined if it is not JSON.</summary>
    public JsonElement Settings { get; private init; }

    /// <summary>The output folder of <c>cdk synth</c>, existing or not.</summary>
    public string Assembly => Path.GetFullPath(Settings.FindText("output") ?? "cdk.out", Folder);

    /// <summary>The app of a folder; null if it has no <c>cdk.json</c>.</summary>
    public static ExaminedApp? Find(string folder)
    {
        var path = Path.Combine(folder, AppFolder.CdkFile);
        if (!File.Exists(path))
        {
            return null;
        }

        return new ExaminedApp(folder, CdkApp.Parse(File.ReadAllBytes(path)).Language)
        {
            Settings = ReadJson(path) ?? default,
        };
    }

    /// <summary>The manifest of the last assembly; null if there is none that can be read.</summary>
    public JsonElement? FindManifest() => ReadJson(Path.Combine(Assembly, "manifest.json"));

    /// <summary>A JSON file, possibly with comments; null if it does not exist or is not JSON.</summary>
    public static JsonElement? ReadJson(string path)
    {
        try
        {
            using var document = LenientJson.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
