using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Configuration;
using Lading.Context;
using Lading.Oci;
using Lading.Processes;

namespace Lading.Fingerprints;

/// <summary>The identity that a construct library requests of an image asset: the folder staged by CDK, and its build.</summary>
/// <param name="Folder">The absolute path of the staged folder.</param>
/// <param name="Definition">The build, with its paths relative to the folder.</param>
internal sealed record AssetIdentityRequest(string Folder, BuiltImage Definition)
{
    private const string Attempted = "Could not read the image asset from the standard input";

    /// <summary>Parses <c>{ "folder", "dockerfile", "target", "args", "secrets", "ssh", "platform" }</c>; all but the first are optional.</summary>
    /// <exception cref="LadingException">It is invalid.</exception>
    public static AssetIdentityRequest Parse(string json)
    {
        try
        {
            var asset = (JsonNode.Parse(json) ?? throw Invalid("it is null")).AsObject();
            return new AssetIdentityRequest(
                Text(asset["folder"]) ?? throw Invalid("it names no folder"),
                new BuiltImage
                {
                    Name = "asset",
                    Repository = RepositoryName.Parse("asset"),
                    Context = ".",
                    Dockerfile = Text(asset["dockerfile"]) ?? "Dockerfile",
                    Target = Text(asset["target"]),
                    Args = new SortedDictionary<string, string>(
                        (asset["args"]?.AsObject() ?? []).ToDictionary(
                            pair => pair.Key,
                            pair => Text(pair.Value) ?? "",
                            StringComparer.Ordinal
                        ),
                        StringComparer.Ordinal
                    ),
                    // Only their ids count, not their values.
                    Secrets = new SortedDictionary<string, BuildSecret>(
                        (asset["secrets"]?.AsArray() ?? []).ToDictionary(
                            id => Text(id) ?? "",
                            _ => new BuildSecret(null, null),
                            StringComparer.Ordinal
                        ),
                        StringComparer.Ordinal
                    ),
                    Ssh = Text(asset["ssh"]) is { } ssh ? [ssh] : [],
                    Platforms = [Platform.Parse(Text(asset["platform"]) ?? Platform.LinuxAmd64.ToString())],
                }
            );
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Invalid(JsonFault.Of(e));
        }
    }

    /// <summary>Computes the identity of the asset.</summary>
    /// <param name="working">A folder inside the project, or outside of any project.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    /// <exception cref="LadingException">The Dockerfile does not exist, or git fails.</exception>
    public async Task<Fingerprint> AnswerAsync(string working, CancellationToken cancellationToken)
    {
        var project = ConfigurationFile.Find(working)?.Folder ?? working;
        var pins = await BasePinsFile.ReadAsync(project, OwnFiles.BasePins, cancellationToken).ConfigureAwait(false);
        var scratch = TemporaryFolder.Create("asset");
        try
        {
            return await FolderIdentity
                .ReadAsync(Folder, Definition, pins, project, scratch.FullName, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();

    private static LadingException Invalid(string why) =>
        LadingException.Usage(Attempted, why, "It is LadingSynthesizer's to write: see docs/assets.md.");
}
