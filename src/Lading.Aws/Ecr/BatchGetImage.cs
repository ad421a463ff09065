using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:BatchGetImage, to find out which of up to 100 images are there: those that are not are not an error.</summary>
internal sealed record BatchGetImage(
    string RegistryId,
    RepositoryName Repository,
    IReadOnlyList<ManifestReference> Images
) : EcrOperation<IReadOnlyList<Digest>>(RegistryId)
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

    protected override IReadOnlyList<Digest> Read(JsonElement answer) =>
        [
            .. answer
                .GetProperty("images")
                .EnumerateArray()
                .Select(image => Digest.Parse(image.GetProperty("imageId").GetProperty("imageDigest").GetString()!))
                .Distinct(),
        ];
}
