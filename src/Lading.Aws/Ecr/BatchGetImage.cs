using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:BatchGetImage of up to 100 images, with their manifests and tags; a missing image is not an error.</summary>
internal sealed record BatchGetImage(
    string RegistryId,
    RepositoryName Repository,
    IReadOnlyList<ManifestReference> Images
) : EcrOperation<IReadOnlyList<FoundManifest>>(RegistryId)
{
    public override string Attempted => $"Could not look for images in {Repository}";

    public override IReadOnlyCollection<string> Expected => ["RepositoryNotFoundException"];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        ImageIds.Write(json, Images);
        json.WriteStartArray("acceptedMediaTypes");
        foreach (var type in MediaTypes.Manifests)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
    }

    protected override IReadOnlyList<FoundManifest> Read(JsonElement answer) =>
        [
            .. answer
                .GetProperty("images")
                .EnumerateArray()
                .Select(image => new FoundManifest(
                    Digest.Parse(image.GetProperty("imageId").GetProperty("imageDigest").GetString()!),
                    image.FindText("imageManifest") ?? ""
                )),
        ];
}

/// <summary>A manifest in ECR.</summary>
/// <param name="Digest">The digest of its bytes.</param>
/// <param name="Manifest">Its text.</param>
internal sealed record FoundManifest(Digest Digest, string Manifest);
