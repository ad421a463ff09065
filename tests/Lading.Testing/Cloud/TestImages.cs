using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud;

/// <summary>What the ECR of a <see cref="TestAws"/> answers of its images (Amazon ECR API reference, BatchGetImage, DescribeImages).</summary>
internal sealed class TestImages(string account)
{
    public static IReadOnlyList<string> Operations { get; } = ["ecr:BatchGetImage", "ecr:DescribeImages"];

    /// <summary>Tags by repository and digest.</summary>
    public Dictionary<(string Repository, string Digest), List<string>> All { get; } = [];

    /// <summary>The manifests of indexes, by digest.</summary>
    public Dictionary<string, string> Indexes { get; } = new(StringComparer.Ordinal);

    /// <summary>Digests that must be restored before they can be pulled.</summary>
    public HashSet<string> Archived { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the caller may not look.</summary>
    public bool IsDenied { get; set; }

    public (int Status, JsonObject Body) Answer(string operation, JsonElement input)
    {
        if (IsDenied)
        {
            return (
                400,
                new JsonObject
                {
                    ["__type"] = "AccessDeniedException",
                    ["message"] = $"not authorized to perform: ecr:{operation}",
                }
            );
        }

        var repository = input.GetProperty("repositoryName").GetString()!;
        return operation == "BatchGetImage" ? Get(repository, input) : Describe(repository, input);
    }

    /// <summary>Archived images cannot be got; what is not there is a failure.</summary>
    private (int Status, JsonObject Body) Get(string repository, JsonElement input)
    {
        var ids = input.GetProperty("imageIds").EnumerateArray().ToList();
        var found = ids.Select(id => (id, digest: Find(repository, id))).ToList();
        return (
            200,
            new JsonObject
            {
                ["images"] = new JsonArray([
                    .. found
                        .Select(each => each.digest)
                        .OfType<string>()
                        .Where(digest => !Archived.Contains(digest))
                        .Select(digest => (JsonNode)Image(repository, digest)),
                ]),
                ["failures"] = new JsonArray([
                    .. found
                        .Where(each => each.digest is null || Archived.Contains(each.digest))
                        .Select(each =>
                            (JsonNode)
                                new JsonObject
                                {
                                    ["imageId"] = JsonNode.Parse(each.id.GetRawText()),
                                    ["failureCode"] = "ImageNotFound",
                                    ["failureReason"] = "Requested image not found",
                                }
                        ),
                ]),
            }
        );
    }

    /// <summary>One that is not there fails them all; without names, those of a status.</summary>
    private (int Status, JsonObject Body) Describe(string repository, JsonElement input)
    {
        var named = input.TryGetProperty("imageIds", out var given)
            ? given.EnumerateArray().Select(id => Find(repository, id)).ToList()
            :
            [
                .. All
                    .Keys.Where(key => key.Repository == repository)
                    .Select(key => key.Digest)
                    .Where(digest => IsOfStatus(digest, input)),
            ];
        return named.Contains(null)
            ? (400, new JsonObject { ["__type"] = "ImageNotFoundException", ["message"] = "an image is not there" })
            : (
                200,
                new JsonObject
                {
                    ["imageDetails"] = new JsonArray([
                        .. named.OfType<string>().Distinct().Select(digest => (JsonNode)Detail(repository, digest)),
                    ]),
                }
            );
    }

    private JsonObject Image(string repository, string digest) =>
        new()
        {
            ["registryId"] = account,
            ["repositoryName"] = repository,
            ["imageId"] = new JsonObject { ["imageDigest"] = digest },
            ["imageManifest"] = Indexes.GetValueOrDefault(digest, "{}"),
        };

    private JsonObject Detail(string repository, string digest)
    {
        var detail = new JsonObject
        {
            ["registryId"] = account,
            ["repositoryName"] = repository,
            ["imageDigest"] = digest,
            ["imageManifestMediaType"] = Indexes.ContainsKey(digest)
                ? "application/vnd.oci.image.index.v1+json"
                : "application/vnd.oci.image.manifest.v1+json",
            ["imageStatus"] = Archived.Contains(digest) ? "ARCHIVED" : "ACTIVE",
        };
        var tags = All[(repository, digest)];
        if (tags.Count > 0)
        {
            detail["imageTags"] = new JsonArray([.. tags.Select(tag => (JsonNode)JsonValue.Create(tag))]);
        }

        return detail;
    }

    private bool IsOfStatus(string digest, JsonElement input)
    {
        var status = input.TryGetProperty("filter", out var filter)
            ? filter.GetProperty("imageStatus").GetString()
            : "ACTIVE";
        return status switch
        {
            "ANY" => true,
            "ARCHIVED" => Archived.Contains(digest),
            _ => !Archived.Contains(digest),
        };
    }

    private string? Find(string repository, JsonElement id) =>
        All.Where(image => image.Key.Repository == repository)
            .Where(image =>
                id.TryGetProperty("imageDigest", out var digest)
                    ? image.Key.Digest == digest.GetString()
                    : image.Value.Contains(id.GetProperty("imageTag").GetString()!, StringComparer.Ordinal)
            )
            .Select(image => image.Key.Digest)
            .FirstOrDefault();
}
