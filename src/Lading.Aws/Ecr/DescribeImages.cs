using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:DescribeImages of up to 100 images, archived ones included.</summary>
internal sealed record DescribeImages(
    string RegistryId,
    RepositoryName Repository,
    IReadOnlyList<ManifestReference> Images
) : EcrOperation<IReadOnlyList<ImageDetail>>(RegistryId)
{
    public override string Attempted => $"Could not look for images in {Repository}";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        ImageIds.Write(json, Images);
        json.WriteStartObject("filter");
        json.WriteString("imageStatus", "ANY");
        json.WriteEndObject();
    }

    protected override IReadOnlyList<ImageDetail> Read(JsonElement answer) =>
        [.. answer.GetProperty("imageDetails").EnumerateArray().Select(ImageDetail.Read)];
}
