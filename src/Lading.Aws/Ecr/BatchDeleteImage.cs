using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:BatchDeleteImage: removes tags, and images by digest. An image is deleted with its last tag.</summary>
/// <param name="RegistryId">The account of the registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Images">Tags and digests.</param>
/// <param name="Owners">The image that each tag must point to, or it stays; null if that does not matter.</param>
internal sealed record BatchDeleteImage(
    string RegistryId,
    RepositoryName Repository,
    IReadOnlyList<ManifestReference> Images,
    IReadOnlyList<Digest>? Owners = null
) : EcrOperation<BatchDeletion>(RegistryId)
{
    public override string Attempted => $"Could not delete images of {Repository}";

    public override IReadOnlyCollection<string> Expected => ["RepositoryNotFoundException"];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        ImageIds.Write(json, Images, Owners);
    }

    protected override BatchDeletion Read(JsonElement answer) =>
        new(
            answer.TryGetProperty("imageIds", out var deleted) ? deleted.GetArrayLength() : 0,
            answer.TryGetProperty("failures", out var failures)
                ?
                [
                    .. failures
                        .EnumerateArray()
                        .Select(failure => new BatchFailure(
                            failure.FindText("failureCode") ?? "",
                            failure.FindText("failureReason") ?? "",
                            ImageIds.Find(failure)
                        )),
                ]
                : []
        );
}

/// <summary>The result of deleting images.</summary>
/// <param name="Deleted">Tags and digests that were deleted.</param>
/// <param name="Failures">Tags and digests that were not, and why.</param>
internal sealed record BatchDeletion(int Deleted, IReadOnlyList<BatchFailure> Failures);
