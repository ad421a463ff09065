using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:DescribeImages of up to 100 images, or of a whole repository, page by page.</summary>
/// <param name="RegistryId">The account of the registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Images">The images; empty for all. A missing one fails the whole call.</param>
/// <param name="Status"><c>ARCHIVED</c>, <c>ANY</c> …; null for the default, which excludes archived images.</param>
/// <param name="NextToken">The token from the previous page.</param>
internal sealed record DescribeImages(
    string RegistryId,
    RepositoryName Repository,
    IReadOnlyList<ManifestReference> Images,
    string? Status = "ANY",
    string? NextToken = null
) : EcrOperation<AwsPage<ImageDetail>>(RegistryId)
{
    public override string Attempted => $"Could not look for images in {Repository}";

    public override IReadOnlyCollection<string> Expected =>
        Status is null
            ? ["RepositoryNotFoundException", "ImageNotFoundException"]
            : ["RepositoryNotFoundException", "ImageNotFoundException", "InvalidParameterException"];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        if (Images.Count > 0)
        {
            ImageIds.Write(json, Images);
        }
        else
        {
            json.WriteNumber("maxResults", 1000);
        }

        if (NextToken is not null)
        {
            json.WriteString("nextToken", NextToken);
        }

        if (Status is not null)
        {
            json.WriteStartObject("filter");
            json.WriteString("imageStatus", Status);
            json.WriteEndObject();
        }
    }

    protected override AwsPage<ImageDetail> Read(JsonElement answer) =>
        new(
            [.. answer.GetProperty("imageDetails").EnumerateArray().Select(ImageDetail.Read)],
            answer.FindText("nextToken")
        );
}
