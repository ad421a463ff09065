using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:BatchCheckLayerAvailability: which of up to 100 blobs a repository has.</summary>
internal sealed record BatchCheckLayerAvailability(
    string RegistryId,
    RepositoryName Repository,
    IReadOnlyList<Digest> Layers
) : EcrOperation<IReadOnlyList<Digest>>(RegistryId)
{
    /// <summary>The maximum in one call.</summary>
    public const int Most = 100;

    public override string Attempted => $"Could not look for layers in {Repository}";

    public override IReadOnlyCollection<string> Expected => ["RepositoryNotFoundException"];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        json.WriteStartArray("layerDigests");
        foreach (var layer in Layers)
        {
            json.WriteStringValue(layer.ToString());
        }

        json.WriteEndArray();
    }

    // A blob that is unavailable, archived or unknown is sent again.
    protected override IReadOnlyList<Digest> Read(JsonElement answer) =>
        answer.TryGetProperty("layers", out var layers)
            ?
            [
                .. layers
                    .EnumerateArray()
                    .Where(layer => layer.GetProperty("layerAvailability").GetString() == "AVAILABLE")
                    .Select(layer => Digest.Parse(layer.GetProperty("layerDigest").GetString()!)),
            ]
            : [];
}
