using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:UpdateImageStorageClass: archives an image, or starts to restore it.</summary>
/// <param name="RegistryId">The account of the registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Digest">The image.</param>
/// <param name="Target"><c>ARCHIVE</c> or <c>STANDARD</c>.</param>
internal sealed record UpdateImageStorageClass(
    string RegistryId,
    RepositoryName Repository,
    Digest Digest,
    string Target
) : EcrOperation<string>(RegistryId)
{
    public override string Attempted =>
        Target == "ARCHIVE"
            ? $"Could not archive an image of {Repository}"
            : $"Could not restore an image of {Repository}";

    public override IReadOnlyCollection<string> Expected => ["ImageStorageClassUpdateNotSupportedException"];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        json.WriteStartObject("imageId");
        json.WriteString("imageDigest", Digest.ToString());
        json.WriteEndObject();
        json.WriteString("targetStorageClass", Target);
    }

    protected override string Read(JsonElement answer) => answer.FindText("imageStatus") ?? "";
}
