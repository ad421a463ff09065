using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud;

/// <summary>The ECR of a <see cref="TestAws"/> (Amazon ECR API reference, each operation's page).</summary>
internal sealed class TestImages(string account, string region)
{
    private static readonly DateTimeOffset LongAgo = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<string> Operations { get; } =
    [
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:DescribeRegistry",
        "ecr:DescribeRepositories",
        "ecr:GetLifecyclePolicy",
        "ecr:GetRegistryPolicy",
        "ecr:GetRepositoryPolicy",
        "ecr:ListPullTimeUpdateExclusions",
    ];

    /// <summary>Operations that the caller may not use.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>The policies of repositories, by name.</summary>
    public Dictionary<string, string> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>The policy of the registry; null for none.</summary>
    public string? Policy { get; set; }

    /// <summary>The accounts and regions that all images are replicated to.</summary>
    public List<(string Account, string Region)> Replicas { get; } = [];

    /// <summary>The ARNs of principals whose pulls are not recorded.</summary>
    public List<string> Unrecorded { get; } = [];

    /// <summary>When images were pushed, by digest; the others were pushed long ago.</summary>
    public Dictionary<string, DateTimeOffset> Pushed { get; } = new(StringComparer.Ordinal);

    /// <summary>When images were last pulled, by digest.</summary>
    public Dictionary<string, DateTimeOffset> Pulled { get; } = new(StringComparer.Ordinal);

    /// <summary>The subjects of referrers, by the referrer's digest.</summary>
    public Dictionary<string, string> Subjects { get; } = new(StringComparer.Ordinal);

    /// <summary>Tags by repository and digest.</summary>
    public Dictionary<(string Repository, string Digest), List<string>> All { get; } = [];

    /// <summary>The manifests of indexes, by digest.</summary>
    public Dictionary<string, string> Indexes { get; } = new(StringComparer.Ordinal);

    /// <summary>Digests that must be restored before they can be pulled.</summary>
    public HashSet<string> Archived { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the caller is denied every operation.</summary>
    public bool IsDenied { get; set; }

    public (int Status, JsonObject Body) Answer(string operation, JsonElement input)
    {
        if (IsDenied || Denied.Contains(operation))
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

        var repository = input.TryGetProperty("repositoryName", out var named) ? named.GetString()! : "";
        return operation switch
        {
            "BatchGetImage" => Get(repository, input),
            "DescribeRegistry" => (200, Registry()),
            "DescribeRepositories" => (200, Repositories(input)),
            "GetLifecyclePolicy" => (
                400,
                new JsonObject
                {
                    ["__type"] = "LifecyclePolicyNotFoundException",
                    ["message"] = "Lifecycle policy does not exist",
                }
            ),
            "GetRegistryPolicy" => Policy is null
                ? (
                    400,
                    new JsonObject
                    {
                        ["__type"] = "RegistryPolicyNotFoundException",
                        ["message"] = "Registry policy does not exist",
                    }
                )
                : (200, new JsonObject { ["registryId"] = account, ["policyText"] = Policy }),
            "GetRepositoryPolicy" => Policies.TryGetValue(repository, out var policy)
                ? (
                    200,
                    new JsonObject
                    {
                        ["registryId"] = account,
                        ["repositoryName"] = repository,
                        ["policyText"] = policy,
                    }
                )
                : (
                    400,
                    new JsonObject
                    {
                        ["__type"] = "RepositoryPolicyNotFoundException",
                        ["message"] = "Repository policy does not exist",
                    }
                ),
            "ListPullTimeUpdateExclusions" => (
                200,
                new JsonObject
                {
                    ["pullTimeUpdateExclusions"] = new JsonArray([
                        .. Unrecorded.Select(arn => (JsonNode)JsonValue.Create(arn)),
                    ]),
                }
            ),
            _ => Describe(repository, input),
        };
    }

    private JsonObject Registry() =>
        new()
        {
            ["registryId"] = account,
            ["replicationConfiguration"] = new JsonObject
            {
                ["rules"] = new JsonArray([
                    .. Replicas.Select(to =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["destinations"] = new JsonArray(
                                    new JsonObject { ["region"] = to.Region, ["registryId"] = to.Account }
                                ),
                            }
                    ),
                ]),
            },
        };

    private JsonObject Repositories(JsonElement input)
    {
        var names = All
            .Keys.Select(key => key.Repository)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name =>
                (JsonNode)
                    new JsonObject
                    {
                        ["registryId"] = account,
                        ["repositoryName"] = name,
                        ["repositoryArn"] = $"arn:aws:ecr:{region}:{account}:repository/{name}",
                        ["repositoryUri"] = $"{account}.dkr.ecr.{region}.amazonaws.com/{name}",
                        ["imageTagMutability"] = "IMMUTABLE",
                    }
            )
            .ToList();
        return Page(names, "repositories", input);
    }

    /// <summary>A page of the requested size, 100 by default; the token is a position in the list.</summary>
    private static JsonObject Page(IReadOnlyList<JsonNode> items, string member, JsonElement input)
    {
        var most = input.TryGetProperty("maxResults", out var given) ? given.GetInt32() : 100;
        var from = input.TryGetProperty("nextToken", out var token)
            ? int.Parse(token.GetString()!, CultureInfo.InvariantCulture)
            : 0;
        var page = new JsonObject { [member] = new JsonArray([.. items.Skip(from).Take(most)]) };
        if (from + most < items.Count)
        {
            page["nextToken"] = (from + most).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    /// <summary>Archived and missing images are failures.</summary>
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

    /// <summary>One missing image fails the whole call; without ids, describes the images of a status.</summary>
    private (int Status, JsonObject Body) Describe(string repository, JsonElement input)
    {
        var named = input.TryGetProperty("imageIds", out var given)
            ? given.EnumerateArray().Select(id => Find(repository, id)).ToList()
            :
            [
                .. All
                    .Keys.Where(key => key.Repository == repository)
                    .Select(key => key.Digest)
                    .Where(digest => IsOfStatus(digest, input))
                    .Order(StringComparer.Ordinal),
            ];
        return named.Contains(null)
            ? (400, new JsonObject { ["__type"] = "ImageNotFoundException", ["message"] = "an image is not there" })
            : (
                200,
                Page(
                    [.. named.OfType<string>().Distinct().Select(digest => (JsonNode)Detail(repository, digest))],
                    "imageDetails",
                    input
                )
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
            ["imageSizeInBytes"] = 50_000_000,
            ["imagePushedAt"] = Pushed.GetValueOrDefault(digest, LongAgo).ToUnixTimeSeconds(),
        };
        if (Pulled.TryGetValue(digest, out var pulled))
        {
            detail["lastRecordedPullTime"] = pulled.ToUnixTimeSeconds();
        }

        if (Subjects.TryGetValue(digest, out var subject))
        {
            detail["subjectManifestDigest"] = subject;
        }

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

    /// <summary>A login that lasts 12 hours (ECR API reference, GetAuthorizationToken).</summary>
    /// <param name="registry">The address of the distribution protocol.</param>
    public static JsonObject Login(string registry) =>
        new()
        {
            ["authorizationData"] = new JsonArray(
                new JsonObject
                {
                    ["authorizationToken"] = Convert.ToBase64String("AWS:testing"u8),
                    ["expiresAt"] = (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(12)).ToUnixTimeSeconds(),
                    ["proxyEndpoint"] = registry,
                }
            ),
        };
}
